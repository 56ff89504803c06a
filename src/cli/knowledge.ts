import { loadRules } from '../create-doctor.ts';
import { DoctorError, suggest, type Knowledge, type Problem } from '../model/index.ts';
import { builtinKnowledge, unusedPatterns, type RuleSelection } from '../rules/index.ts';

export interface KnowledgeOptions {
  readonly rules?: readonly string[];
  readonly builtinRules: boolean;
  readonly only?: readonly string[];
  readonly disable?: readonly string[];
  readonly technology?: readonly string[];
}

/**
 * Which of the rules are used.
 * @throws {DoctorError} for a technology without rules.
 */
export function selectionOf({ only, disable, technology }: KnowledgeOptions, { rules }: Knowledge): RuleSelection {
  const known = new Set(rules.map((rule) => rule.technology));
  const unknown = (technology ?? []).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new DoctorError(
      unknown.map((name) => {
        const close = suggest(name, known);
        const hint = close === undefined ? `known: ${[...known].sort().join(', ')}` : `did you mean "${close}"?`;
        return { code: 'unknown-id', message: `--technology: no rules for "${name}"`, hint };
      }),
    );
  }
  return {
    ...(only === undefined ? {} : { only }),
    ...(disable === undefined ? {} : { disable }),
    ...(technology === undefined ? {} : { technologies: technology }),
  };
}

/**
 * The built-in knowledge and the user's own rule files.
 * @throws {DoctorError} with all problems of the files, and for ids that name nothing.
 */
export async function readKnowledge(options: KnowledgeOptions): Promise<Knowledge> {
  const builtin = builtinKnowledge();
  const base = options.builtinRules ? builtin : { conditions: builtin.conditions, rules: [] };
  const knowledge = options.rules === undefined ? base : await loadRules(options.rules, base);
  const patterns = [...(options.only ?? []), ...(options.disable ?? [])];
  const unused = unusedPatterns(knowledge.rules, patterns);
  if (unused.length > 0) throw new DoctorError(unused.map((pattern) => unknownId(pattern, knowledge)));
  return knowledge;
}

/** The problem of an id that is neither a rule nor a condition, with the one that was probably meant. */
export function unknownId(id: string, { conditions, rules }: Knowledge): Problem {
  const close = suggest(id, [...conditions.keys(), ...rules.map((rule) => rule.id)]);
  return {
    code: 'unknown-id',
    message: `no rule or condition is called "${id}"`,
    hint: close === undefined ? '`backend-doctor rules list` names all of them' : `did you mean "${close}"?`,
  };
}
