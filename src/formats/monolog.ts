import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { addStandardNames, flattenFields, parseJsonObject } from './json-fields.ts';
import { textLine } from './text-line.ts';
import { readIsoStamp } from './time.ts';

const LINE =
  /^\[(\d{4}-\d\d-\d\d[^\]\n]{0,32})\] ([\w./-]{1,80})\.(DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|ALERT|EMERGENCY): (.*)$/;
/** Laravel's and Monolog's text of an exception within the JSON of the context. */
const EXCEPTION =
  /"\[object\] \(([\w\\]{1,300})\(code: ([\w-]{1,40})\): ([^\n]{0,2000}?) at ((?:\/|[A-Z]:)[^\n]{1,400}):(\d+)\)/;

/**
 * Monolog's LineFormatter, which Laravel and Symfony log with: `[TIME] channel.LEVEL: message {context} {extra}`. An
 * exception in the context may bring a stack trace on further lines, up to `"}`.
 * @see https://seldaek.github.io/monolog/doc/message-structure.html
 */
export const monolog: LogFormat = {
  id: 'monolog',
  title: 'Monolog (Laravel, Symfony)',
  firstCharacters: '[',
  continuation: 'text',
  parse(line, clock) {
    const found = LINE.exec(line);
    if (found === null) return undefined;
    const [, time = '', channel, level, body = ''] = found;
    const parsed = textLine({ stamp: readIsoStamp(time, clock), level, body, attributes: [['log.logger', channel]] });
    return withContext(parsed);
  },
  samples: [
    {
      text: '[2023-05-15 18:19:32] local.ERROR: Target class [Fruitcake\\Cors\\HandleCors] does not exist. {"exception":"[object] (Illuminate\\\\Contracts\\\\Container\\\\BindingResolutionException(code: 0): Target class [Fruitcake\\\\Cors\\\\HandleCors] does not exist. at /Users/zhebaoting/Sites/laravel/crm/vendor/laravel/framework/src/Illuminate/Container/Container.php:916)',
      origin: 'tstack/lnav:test/logfile_laravel.0',
      time: '2023-05-15T18:19:32Z',
      severityNumber: 17,
      body: 'Target class [Fruitcake\\Cors\\HandleCors] does not exist. {"exception":"[object] (Illuminate\\\\Contracts\\\\Container\\\\BindingResolutionException(code: 0): Target class [Fruitcake\\\\Cors\\\\HandleCors] does not exist. at /Users/zhebaoting/Sites/laravel/crm/vendor/laravel/framework/src/Illuminate/Container/Container.php:916)',
      attributes: {
        'exception.type': 'Illuminate\\Contracts\\Container\\BindingResolutionException',
        'log.logger': 'local',
      },
    },
    {
      text: '[2026-11-21] meh.ERROR: foo {"foo":"bar","baz":"qux","bool":false,"null":null} []',
      origin: 'Seldaek/monolog LineFormatterTest (default date is ISO-8601 with micros)',
      severityNumber: 17,
      body: 'foo {"foo":"bar","baz":"qux","bool":false,"null":null} []',
      attributes: { foo: 'bar', bool: false },
    },
    {
      text: '[2026-11-21T03:01:32.370014+00:00] app.ERROR: query failed {"exception":"[object] (PDOException(code: 2006): lost at /srv/orders/ph/m.php:2)","user":5} []',
      origin: 'generated here, Monolog 2.9.1',
      time: '2026-11-21T03:01:32.370014Z',
      severityNumber: 17,
      body: 'query failed {"exception":"[object] (PDOException(code: 2006): lost at /srv/orders/ph/m.php:2)","user":5} []',
      attributes: { 'exception.type': 'PDOException', 'exception.message': 'lost', 'error.code': '2006', user: 5 },
    },
    {
      text: '[2026-11-21 03:01:32] app.ERROR: outer {"userId":1,"exception":"[object] (RuntimeException(code: 1): outer at /srv/orders/ph/m.php:3)\n[stacktrace]\n#0 {main}\n"} ',
      origin: 'generated here, Monolog 2.9.1 with stack traces as Laravel sets it',
      time: '2026-11-21T03:01:32Z',
      severityNumber: 17,
      body: 'outer {"userId":1,"exception":"[object] (RuntimeException(code: 1): outer at /srv/orders/ph/m.php:3)\n[stacktrace]\n#0 {main}\n"} ',
      attributes: { 'exception.type': 'RuntimeException' },
    },
  ],
};

function withContext(parsed: ParsedLine): ParsedLine {
  const attributes: Attributes = new Map(parsed.attributes);
  const found = EXCEPTION.exec(parsed.body);
  if (found !== null) {
    const [, type = '', code = '', message = ''] = found;
    attributes.set('exception.type', unescape(type));
    attributes.set('exception.message', unescape(message));
    if (code !== '0') attributes.set('error.code', code);
  }
  for (const [name, value] of contextOf(parsed.body)) if (!attributes.has(name)) attributes.set(name, value);
  return { ...parsed, attributes };
}

/** The fields of the context, where it is whole on the first line. */
function contextOf(body: string): Attributes {
  const start = body.indexOf(' {"');
  const end = Math.max(
    body.lastIndexOf('} ['),
    body.lastIndexOf('} {'),
    /\} *$/.test(body) ? body.trimEnd().length - 1 : -1,
  );
  const object = start < 0 || end < start ? undefined : parseJsonObject(body.slice(start + 1, end + 1));
  if (object === undefined) return new Map();
  const attributes = flattenFields(object, ['exception']);
  addStandardNames(attributes);
  return attributes;
}

function unescape(text: string): string {
  return text.replace(/\\([\\/"])/g, '$1');
}
