// Builds dist/: the compiled code, the checked knowledge as JSON, and the published schemas.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';

execFileSync(process.execPath, ['node_modules/typescript/bin/tsc'], { stdio: 'inherit' });
chmodSync('dist/cli/main.js', 0o755);

const { compileKnowledge, CONDITIONS_SCHEMA, RULES_SCHEMA } = await import('./dist/rules/index.js');
const { builtinFiles } = await import('./dist/rules/knowledge-files.js');
const { loadKnowledge } = await import('./dist/rules/load.js');
const { knowledge, problems } = loadKnowledge(builtinFiles(new URL('./rules/', import.meta.url)));
if (problems.length > 0) {
  const { formatProblem } = await import('./dist/model/index.js');
  for (const problem of problems) console.error(formatProblem(problem));
  process.exitCode = 1;
}
writeFileSync('dist/knowledge.json', compileKnowledge(knowledge));

const { NDJSON_SCHEMA, REPORT_SCHEMA } = await import('./dist/outputs/schema.js');
mkdirSync('dist/schema', { recursive: true });
const schemas = { conditions: CONDITIONS_SCHEMA, rules: RULES_SCHEMA, report: REPORT_SCHEMA, ndjson: NDJSON_SCHEMA };
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(`dist/schema/${name}.json`, `${JSON.stringify(schema, null, 2)}\n`);
}
