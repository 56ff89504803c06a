import type { LogFormat, ParsedLine } from './format.ts';
import { addHaproxyRoute, addHaproxyTimers, readHaproxyHead } from './haproxy-line.ts';
import type { Clock } from './time.ts';

/**
 * HAProxy's TCP log (`option tcplog`). Its severity comes from the first letter of the termination state.
 * @see https://docs.haproxy.org/2.6/configuration.html#8.2.2
 */
export const haproxyTcp: LogFormat = {
  id: 'haproxy-tcp',
  title: 'HAProxy (TCP log)',
  technology: 'haproxy',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '127.0.0.1:57878 [21/Nov/2026:02:50:13.280] fe_tcp bk_pg/pg1 1/-1/3004 0 SC 2/1/1/0/3 0/0',
      origin: 'generated here, HAProxy 2.6.12',
      time: '2026-11-21T02:50:13.280Z',
      severityNumber: 17,
      body: 'fe_tcp bk_pg/pg1 1/-1/3004 0 SC 2/1/1/0/3 0/0',
      attributes: {
        'haproxy.frontend': 'fe_tcp',
        'haproxy.backend': 'bk_pg',
        'haproxy.server': 'pg1',
        duration_ms: 3004,
        'haproxy.termination_state': 'SC',
        'haproxy.retries': 3,
      },
    },
  ],
};

const REST =
  /^(\S{1,128}) ([^\s/]{1,128})\/(\S{1,128}) (-?\d{1,10})\/(-?\d{1,10})\/\+?(-?\d{1,10}) \+?(\d{1,15}) ([A-Za-z-]{2}) \d{1,9}\/\d{1,9}\/\d{1,9}\/\d{1,9}\/\+?(\d{1,9}) \d{1,9}\/\d{1,9}$/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const head = readHaproxyHead(line, clock);
  const found = head === undefined ? null : REST.exec(head.rest);
  if (head === undefined || found === null) return undefined;
  const [, frontend = '', backend = '', server = '', queue = '', connect = '', total = '', size, state = '', retries] =
    found;
  const { timestamp, attributes, rest } = head;
  addHaproxyRoute(attributes, frontend, backend, server);
  addHaproxyTimers(attributes, ['haproxy.queue_ms', 'haproxy.connect_ms', 'duration_ms'], [queue, connect, total]);
  attributes.set('network.io.bytes', Number(size));
  attributes.set('haproxy.termination_state', state);
  attributes.set('haproxy.retries', Number(retries));
  return { timestamp, severityNumber: severityOfState(state), severityText: state, body: rest, attributes };
}

/** The server (`S`, `s`), the proxy itself (`P`, `I`) or a lack of resources (`R`) ended the session. */
function severityOfState(state: string): number {
  return /^[SsPIR]/.test(state) ? 17 : 9;
}
