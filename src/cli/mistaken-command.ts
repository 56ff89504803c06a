import { DoctorError } from '../model/index.ts';
import { suggest } from '../model/index.ts';

/**
 * Runs the analysis of paths; where the first of them does not exist, tells of the command that was probably meant.
 * @throws {DoctorError} that of the analysis, or `explian: … did you mean the command "explain"?`
 */
export async function orCommandMeant(
  [word = '']: readonly string[],
  commands: readonly string[],
  analyze: () => Promise<number>,
): Promise<number> {
  try {
    return await analyze();
  } catch (error) {
    const problem = error instanceof DoctorError ? error.problems.find(({ source }) => source === word) : undefined;
    const command = suggest(word, commands);
    if (problem?.code !== 'path-not-found' || problem.hint !== undefined || command === undefined) throw error;
    throw new DoctorError([{ ...problem, hint: `did you mean the command "${command}"?` }]);
  }
}
