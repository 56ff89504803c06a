import { readIsoStamp, type Clock } from '../time.ts';
import type { PeeledLine, Wrapper } from '../wrapper.ts';

const TIME = String.raw`(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d))`;
/** `heroku logs`: a source and a dyno, which is no number (that would be a pid). */
const PRINTED = new RegExp(String.raw`^${TIME} ([a-z][\w-]{0,63})\[([a-z][\w.-]{0,63})\]: ?`);
/** A drain: syslog frames whose host is `host`, and which (against RFC 5424) may lack the structured data. */
const DRAINED = new RegExp(
  String.raw`^(?:\d{1,7} )?<\d{1,3}>1 ${TIME} (?:host )?(app|heroku|heroku-[a-z]+) ([a-z][\w.-]{0,63}) - (?:- )?`,
);

/**
 * Heroku's Logplex, as `heroku logs` prints it (`TIME app[web.2]: line`) and as drains get it. The priority of a drain's
 * frames says nothing: state changes come as `<40>`, an emergency.
 * @see https://devcenter.heroku.com/articles/logging#log-format
 */
export const heroku: Wrapper = {
  id: 'heroku',
  title: 'Heroku (Logplex)',
  firstCharacters: '<0123456789',
  peel(line, clock) {
    return peelWith(PRINTED, line, clock) ?? peelWith(DRAINED, line, clock);
  },
  samples: [
    {
      template: '2012-12-05T18:41:32+00:00 app[web.2]: {}',
      origin: 'gist pcasaretto/4218399',
      time: '2012-12-05T18:41:32Z',
      attributes: { 'service.name': 'app', 'container.name': 'web.2' },
    },
    {
      template: '332 <158>1 2016-09-30T23:59:12.550028+00:00 heroku router - - {}',
      origin: 'gist 8vius/e4572c0bc2cf1edef48fd0717a073a2d',
      time: '2016-09-30T23:59:12.550028Z',
      attributes: { 'service.name': 'heroku', 'container.name': 'router' },
    },
    {
      template: '<40>1 2012-11-30T06:45:29+00:00 host app web.3 - {}',
      origin: 'devcenter.heroku.com/articles/log-drains',
      time: '2012-11-30T06:45:29Z',
      attributes: { 'service.name': 'app', 'container.name': 'web.3' },
    },
  ],
};

function peelWith(pattern: RegExp, line: string, clock: Clock): PeeledLine | undefined {
  const found = pattern.exec(line);
  if (found === null) return undefined;
  const [prefix, stamp = '', source = '', dyno = ''] = found;
  const timestamp = readIsoStamp(stamp, clock)?.instant;
  if (timestamp === undefined) return undefined;
  return {
    inner: line.slice(prefix.length),
    timestamp,
    attributes: [
      ['service.name', source],
      ['container.name', dyno],
    ],
    stream: `${source}/${dyno}`,
  };
}
