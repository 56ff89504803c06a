import type { LogFormat, OpenLines, ParsedLine } from './format.ts';
import { numberOf, readBracketed, readStamped, textLine } from './text-line.ts';

const HEAD = /^(trce|dbug|info|warn|fail|crit): ([A-Za-z_][\w.<>+`,-]{0,200})\[(-?\d{1,10})\](?: (.*))?$/;
const INDENT = /^ {6}/;

/**
 * The console of Microsoft.Extensions.Logging: level, category and event id, then the message indented by six blanks.
 * @see https://learn.microsoft.com/dotnet/core/extensions/console-log-formatter
 */
export const dotnetConsole: LogFormat = {
  id: 'dotnet-console',
  title: '.NET console',
  technology: 'dotnet',
  continuation: 'text',
  parse(line, clock) {
    const stamped = readBracketed(line, clock) ?? readStamped(line, clock);
    const found = HEAD.exec(stamped === undefined ? line : stamped.rest.trimStart());
    if (found === null) return undefined;
    const [, level, category, event, body = ''] = found;
    return textLine({
      stamp: stamped?.stamp,
      level,
      body,
      attributes: [
        ['log.logger', category],
        ['event.id', numberOf(event)],
      ],
    });
  },
  complete,
  samples: [
    {
      text: 'info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://localhost:5133',
      origin: 'public file index id 32406553777',
      severityNumber: 9,
      body: 'Now listening on: http://localhost:5133',
      attributes: { 'log.logger': 'Microsoft.Hosting.Lifetime', 'event.id': 14 },
    },
    {
      text: 'fail: Microsoft.AspNetCore.Diagnostics.DeveloperExceptionPageMiddleware[1]\n      An unhandled exception has occurred while executing the request.\n      System.InvalidOperationException: StatusCode cannot be set because the response has already started.\n         at Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http.HttpProtocol.ThrowResponseAlreadyStartedException(String value)',
      origin: 'public file index id 38486571166, clipped',
      severityNumber: 17,
      body: 'An unhandled exception has occurred while executing the request.\nSystem.InvalidOperationException: StatusCode cannot be set because the response has already started.\n   at Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http.HttpProtocol.ThrowResponseAlreadyStartedException(String value)',
    },
  ],
};

function complete({ first, lines }: OpenLines): ParsedLine {
  const further = lines.slice(1).map((line) => line.replace(INDENT, ''));
  return { ...first, body: (first.body === '' ? further : [first.body, ...further]).join('\n') };
}
