import { describe, expect, it } from 'vitest';
import { createDoctor, loadRules } from '../../src/create-doctor.ts';
import { builtinKnowledge } from '../../src/rules/index.ts';
import { temporaryFile } from '../support/temporary.ts';

/** Two technologies that word the same trouble; each knows a process id of its own. */
const RULES = `- id: shop/refused
  condition: connection-refused
  title: The shop cannot connect
  match: {regex: 'shop (?<pid>\\d+): cannot reach the till at (?<host>[\\w.]+):(?<port>\\d+)'}
  recovery: [{step: End the shop, run: 'kill {{pid}}', risk: disruptive}, {step: Look, run: 'nc -vz {{host}} {{port}}'}]
- id: till/refused
  condition: connection-refused
  title: The till is closed
  match: {regex: 'till process (?<pid>\\d+) is closed'}
  recovery: [{step: Restart the till, run: 'systemctl restart till {{host|HOST}} # {{pid}}'}]
`;

describe('recovery steps of a trouble that two rules report', () => {
  it('speak of what their own rule captured, and of the subject that they share', async () => {
    const knowledge = await loadRules([temporaryFile('till.yaml', RULES)], builtinKnowledge());
    const doctor = createDoctor({ knowledge, only: ['shop/*', 'till/*'] });
    doctor.feed('ERROR shop 17: cannot reach the till at 10.0.0.5:7001\nERROR till process 99 is closed\n');
    const [diagnosis] = doctor.report().diagnoses;
    const commands = diagnosis?.recovery.map(({ run }) => run);
    expect(commands).toContain('kill 17');
    expect(commands).toContain('nc -vz 10.0.0.5 7001');
    expect(commands).toContain('systemctl restart till 10.0.0.5 # 99');
  });
});
