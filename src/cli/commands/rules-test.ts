import { rivalsOf } from '../../diagnosis/index.ts';
import { Doctor } from '../../doctor.ts';
import { compileEngine, type Engine } from '../../engine.ts';
import type { Captures, Knowledge, Match, Rule, RuleExample } from '../../model/index.ts';

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

/** What a text gives: the conditions of the diagnoses, the rules that fired, and what matched each record. */
interface Outcome {
  readonly diagnosed: readonly string[];
  readonly captures: ReadonlyMap<string, Captures>;
  readonly records: readonly (readonly Match[])[];
}

function diagnoseText(engine: Engine, text: string): Outcome {
  const captures = new Map<string, Captures>();
  const records: (readonly Match[])[] = [];
  const doctor = new Doctor(engine, {
    onFinding: ({ finding }) => captures.set(finding.rule.id, finding.captures),
    onMatches: (matches) => records.push(matches),
  });
  doctor.feed('example', new TextEncoder().encode(text.endsWith('\n') ? text : `${text}\n`));
  return { diagnosed: doctor.report().diagnoses.map(({ condition }) => condition), captures, records };
}

/**
 * A match example must make its condition the first diagnosis, with the captures that it names, and no other rule may
 * claim the record for another condition unless it is declared which of the two counts.
 */
function whyNoMatch(engine: Engine, rule: Rule, example: RuleExample): string | undefined {
  const { diagnosed, captures, records } = diagnoseText(engine, example.text);
  if (diagnosed.length === 0) return 'nothing is found';
  if (diagnosed[0] !== rule.condition) return `the first diagnosis is ${diagnosed[0]}, not ${rule.condition}`;
  const found = Object.assign({}, ...captures.values()) as Captures;
  for (const [name, value] of Object.entries(example.captures ?? {})) {
    if (found[name] !== value) return `captures ${name} = ${JSON.stringify(found[name])}, not ${JSON.stringify(value)}`;
  }
  const [rival] = records.flatMap((matches) => rivals(engine, rule, matches));
  return rival === undefined
    ? undefined
    : `${rival.id} claims the record for ${rival.condition}, and neither condition leads to the other: name the rule that says less under \`over\` of the other`;
}

/** Rules that count several records before they speak are about those records, not about this one. */
function rivals(engine: Engine, rule: Rule, matches: readonly Match[]): readonly Rule[] {
  const own = matches.find((match) => match.rule.id === rule.id);
  if (own === undefined || rule.threshold !== undefined) return [];
  return rivalsOf(own, matches, engine.graph)
    .map((match) => match.rule)
    .filter(({ threshold }) => threshold === undefined);
}

/** A near miss must not set off the rule that it belongs to. */
function whyMatch(engine: Engine, rule: Rule, example: RuleExample): string | undefined {
  const { captures } = diagnoseText(engine, example.text);
  return captures.has(rule.id) ? 'the rule fires on its near miss' : undefined;
}
