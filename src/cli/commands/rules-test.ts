import { Doctor } from '../../doctor.ts';
import { compileEngine, type Engine } from '../../engine.ts';
import type { Captures, Knowledge, Rule, RuleExample } from '../../model/index.ts';

/** An example that did not do what it promises. */
export interface ExampleFailure {
  readonly rule: string;
  readonly origin: string;
  readonly text: string;
  readonly reason: string;
}

export interface ExampleResults {
  readonly examples: number;
  readonly failures: readonly ExampleFailure[];
}

/** Runs every example of the rules through the whole pipeline, with all the knowledge loaded. */
export function testExamples(knowledge: Knowledge, rules: readonly Rule[]): ExampleResults {
  const engine = compileEngine(knowledge);
  const failures: ExampleFailure[] = [];
  let examples = 0;
  for (const rule of rules) {
    const results = [
      ...rule.examples.match.map((example) => ({ example, reason: whyNoMatch(engine, rule, example) })),
      ...rule.examples.noMatch.map((example) => ({ example, reason: whyMatch(engine, rule, example) })),
    ];
    examples += results.length;
    for (const { example, reason } of results) {
      if (reason !== undefined) failures.push({ rule: rule.id, origin: rule.origin, text: example.text, reason });
    }
  }
  return { examples, failures };
}

/** What a text gives: the conditions of the diagnoses, and the captures of each rule that fired. */
interface Outcome {
  readonly diagnosed: readonly string[];
  readonly captures: ReadonlyMap<string, Captures>;
}

function diagnoseText(engine: Engine, text: string): Outcome {
  const captures = new Map<string, Captures>();
  const doctor = new Doctor(engine, { onFinding: ({ finding }) => captures.set(finding.rule.id, finding.captures) });
  doctor.feed('example', new TextEncoder().encode(text.endsWith('\n') ? text : `${text}\n`));
  return { diagnosed: doctor.report().diagnoses.map(({ condition }) => condition), captures };
}

/** A match example must make its condition the first diagnosis, with the captures that it names. */
function whyNoMatch(engine: Engine, rule: Rule, example: RuleExample): string | undefined {
  const { diagnosed, captures } = diagnoseText(engine, example.text);
  if (diagnosed.length === 0) return 'nothing is found';
  if (diagnosed[0] !== rule.condition) return `the first diagnosis is ${diagnosed[0]}, not ${rule.condition}`;
  const found = Object.assign({}, ...captures.values()) as Captures;
  for (const [name, value] of Object.entries(example.captures ?? {})) {
    if (found[name] !== value) return `captures ${name} = ${JSON.stringify(found[name])}, not ${JSON.stringify(value)}`;
  }
  return undefined;
}

/** A near miss must not set off the rule that it belongs to. */
function whyMatch(engine: Engine, rule: Rule, example: RuleExample): string | undefined {
  const { captures } = diagnoseText(engine, example.text);
  return captures.has(rule.id) ? 'the rule fires on its near miss' : undefined;
}
