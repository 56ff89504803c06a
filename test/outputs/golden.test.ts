import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../../src/outputs/index.ts';
import { incidentReport } from './incident-report.ts';

const INCIDENTS = ['postgres-stopped', 'postgres-disk-full', 'two-faults'];
const WIDTHS = [80, 120, 200];
/** `npm run golden` writes what the output is now; read the difference before you commit it. */
const IS_UPDATE = process.env['npm_lifecycle_event'] === 'golden';

describe.each(INCIDENTS)('the terminal output of %s', (incident) => {
  const report = incidentReport(incident);

  for (const columns of WIDTHS) {
    for (const hasColour of [false, true]) {
      const name = `${incident}.${columns}${hasColour ? '.colour' : ''}.txt`;

      it(`is that of ${name}`, async () => {
        const path = fileURLToPath(new URL(`golden/${name}`, import.meta.url));
        const text = await renderReport(report, 'terminal', { columns, hasColour });
        if (IS_UPDATE) writeFileSync(path, text);
        expect(text, 'npm run golden takes the new output over').toBe(readFileSync(path, 'utf8'));
      });
    }
  }
});
