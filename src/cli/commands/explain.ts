import { DoctorError, type Condition, type Knowledge, type Rule } from '../../model/index.ts';
import { explainCondition, explainRule } from '../../outputs/explain.ts';
import { hasColour, type Io } from '../io.ts';
import { readKnowledge, unknownId, type KnowledgeOptions } from '../knowledge.ts';
import { textColumns } from '../options.ts';

/** Prints all that is known of a condition or a rule. */
export async function explainCommand(
  id: string,
  options: KnowledgeOptions & { readonly json?: boolean; readonly width?: string },
  io: Io,
): Promise<void> {
  const knowledge = await readKnowledge(options);
  const { condition, rule } = find(id, knowledge);
  if (options.json === true) {
    io.stdout.write(`${JSON.stringify(rule ?? condition, null, 2)}\n`);
    return;
  }
  const context = { columns: textColumns(options.width, io), hasColour: hasColour(io.stdout, io.env) };
  io.stdout.write(
    rule === undefined ? explainCondition(condition, knowledge, context) : explainRule(rule, condition, context),
  );
}

function find(id: string, knowledge: Knowledge): { condition: Condition; rule?: Rule } {
  const rule = knowledge.rules.find((candidate) => candidate.id === id);
  const condition = knowledge.conditions.get(rule?.condition ?? id);
  if (condition === undefined) throw new DoctorError([unknownId(id, knowledge)]);
  return rule === undefined ? { condition } : { condition, rule };
}
