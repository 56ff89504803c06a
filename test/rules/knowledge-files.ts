import type { Knowledge } from '../../src/model/index.ts';
import { builtinFiles } from '../../src/rules/knowledge-files.ts';
import { loadKnowledge, type KnowledgeFile } from '../../src/rules/load.ts';

/** The knowledge of the package as it stands in its YAML files, whatever was built last. */
export const FILES: readonly KnowledgeFile[] = builtinFiles(new URL('../../rules/', import.meta.url));

export function loadBuiltin(): ReturnType<typeof loadKnowledge> {
  return loadKnowledge(FILES);
}

/** Rules written as in a file, on top of the built-in conditions. */
export function rulesOf(content: string, base: Knowledge = CONDITIONS): Knowledge['rules'] {
  const { knowledge, problems } = loadKnowledge([{ name: 'shop.yaml', content }], base);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return knowledge.rules.slice(base.rules.length);
}

const CONDITIONS: Knowledge = { conditions: loadBuiltin().knowledge.conditions, rules: [] };
