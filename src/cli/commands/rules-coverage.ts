import { coveragePage } from '../../outputs/coverage-page.ts';
import { coverageOf, renderCoverage } from '../../outputs/coverage.ts';
import { styleFor } from '../../outputs/layout.ts';
import { selectRules } from '../../rules/index.ts';
import { hasColour, type Io } from '../io.ts';
import { readKnowledge, selectionOf, type KnowledgeOptions } from '../knowledge.ts';
import { textColumns } from '../options.ts';

export interface CoverageOptions extends KnowledgeOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly width?: string;
}

/** Prints which technologies have rules for which conditions. */
export async function coverageCommand(options: CoverageOptions, io: Io): Promise<void> {
  const knowledge = await readKnowledge(options);
  const rules = selectRules(knowledge.rules, selectionOf(options, knowledge));
  const coverage = coverageOf({ ...knowledge, rules });
  if (options.json === true) io.stdout.write(`${JSON.stringify(coverage, null, 2)}\n`);
  else if (options.markdown === true) io.stdout.write(coveragePage(coverage));
  else {
    const style = styleFor(textColumns(options.width, io), hasColour(io.stdout, io.env));
    io.stdout.write(renderCoverage(coverage, style));
  }
}
