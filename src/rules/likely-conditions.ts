import type { Knowledge } from '../model/index.ts';

const WORD = /[a-z][a-z0-9_]{2,40}/g;

/**
 * The conditions whose rules speak in the words of a text, the likeliest first: words that few conditions use count most.
 */
export function likelyConditions(text: string, { conditions, rules }: Knowledge, count: number): readonly string[] {
  const words = new Map([...conditions.values()].map(({ id, title }) => [id, wordsOf(`${id} ${title}`)]));
  for (const { condition, title, examples } of rules) {
    const known = words.get(condition);
    for (const part of [title, ...examples.match.map((example) => example.text)]) {
      for (const word of wordsOf(part)) known?.add(word);
    }
  }
  const users = (word: string): number => [...words.values()].filter((known) => known.has(word)).length;
  const weights = [...wordsOf(text)].map((word): [string, number] => [word, Math.log((words.size + 1) / (users(word) + 1))]);
  return [...words]
    .map(([id, known]) => ({ id, score: weights.reduce((sum, [word, weight]) => sum + (known.has(word) ? weight : 0), 0) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.id.localeCompare(b.id))
    .slice(0, count)
    .map(({ id }) => id);
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(WORD));
}
