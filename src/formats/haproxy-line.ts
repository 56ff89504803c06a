import type { Attributes } from '../model/index.ts';
import { readDayFirstStamp, type Clock } from './time.ts';

/** What all of HAProxy's traffic logs begin with. */
export interface HaproxyHead {
  readonly timestamp: number;
  readonly attributes: Attributes;
  /** From the frontend on. */
  readonly rest: string;
}

const HEAD = /^(?:(\S{1,255}):(\d{1,5})|unix:\d{1,10}) \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d\.\d{3})\] (?=\S)/;

/** Reads `client:port [accept date] `. */
export function readHaproxyHead(line: string, clock: Clock): HaproxyHead | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, address, port, stamp = ''] = found;
  const timestamp = readDayFirstStamp(stamp, clock)?.instant;
  if (timestamp === undefined) return undefined;
  const attributes: Attributes = new Map();
  if (address !== undefined) attributes.set('client.address', address).set('client.port', Number(port));
  return { timestamp, attributes, rest: line.slice(head.length) };
}

/** Frontend, backend and server; `<NOSRV>` and `<STATS>` are no servers. */
export function addHaproxyRoute(attributes: Attributes, frontend: string, backend: string, server: string): void {
  attributes.set('haproxy.frontend', frontend.replace(/~$/, '')).set('haproxy.backend', backend);
  if (!server.startsWith('<')) attributes.set('haproxy.server', server);
}

/** Timers in milliseconds by name; -1 means that the phase was not reached. */
export function addHaproxyTimers(attributes: Attributes, names: readonly string[], values: readonly string[]): void {
  names.forEach((name, index) => {
    const value = Number(values[index]);
    if (Number.isFinite(value) && value >= 0) attributes.set(name, value);
  });
}
