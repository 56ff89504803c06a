import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { terminal } from '../src/outputs/terminal.ts';
import { diagnoseFiles, fixture } from './support/fixtures.ts';

const COLUMNS = 118;

describe('README', () => {
  it('shows what the program really prints', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const shown = /\$ backend-doctor (fixtures\/incidents\/\S+)\/\*\.log\n([\s\S]*?)\n```/.exec(readme);
    const directory = shown?.[1]?.replace('fixtures/', '') ?? '';
    const files = ['access.log', 'api.log', 'postgres.log'].map((name) => fixture(directory, name));
    const printed = terminal.render(diagnoseFiles(files), { columns: COLUMNS, hasColour: false, top: 10 });
    expect(withoutDuration(shown?.[2] ?? '')).toBe(withoutDuration(printed));
  });
});

/** How long the run took differs from run to run, and with it the blanks before it. */
function withoutDuration(text: string): string {
  return text.trimEnd().replace(/ {2,}(\d[\d,]* lines of .*), \d+\.\d\d s/, '  $1');
}
