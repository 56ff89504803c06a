import { existsSync, readFileSync } from 'node:fs';
import type { Condition, Knowledge, Rule } from '../model/index.ts';

/** The form in which the built-in knowledge is shipped: the checked model as JSON, so that no YAML is parsed at start. */
interface CompiledKnowledge {
  readonly conditions: readonly Condition[];
  readonly rules: readonly Rule[];
}

/** Where `npm run build` puts it: beside the compiled code, which a run from the sources finds in `dist`. */
const PLACES = ['../knowledge.json', '../../dist/knowledge.json'] as const;

let known: Knowledge | undefined;

/** The rules and conditions that come with the package; read once. */
export function builtinKnowledge(): Knowledge {
  known ??= readKnowledge();
  return known;
}

function readKnowledge(): Knowledge {
  const place = PLACES.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (place === undefined) throw new TypeError('knowledge.json is missing: run `npm run build`');
  const { conditions, rules } = JSON.parse(readFileSync(place, 'utf8')) as CompiledKnowledge;
  return { conditions: new Map(conditions.map((condition) => [condition.id, condition])), rules };
}

export function compileKnowledge({ conditions, rules }: Knowledge): string {
  return JSON.stringify({ conditions: [...conditions.values()], rules } satisfies CompiledKnowledge);
}
