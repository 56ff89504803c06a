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
      attributes: [['log.logger', category], ['event.id', numberOf(event)]],
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
      text: 'fail: Microsoft.AspNetCore.Server.Kestrel[13]\n      Connection id "0HL6PF4FMCN7T", Request id "0HL6PF4FMCN7T:00000001": An unhandled exception was thrown by the application.\n      System.InvalidOperationException: boom\n         at Orders.Startup.Run(HttpContext context)',
      origin: 'aspnet/KestrelHttpServer: message of ApplicationError in the layout of SimpleConsoleFormatter',
      severityNumber: 17,
      body: 'Connection id "0HL6PF4FMCN7T", Request id "0HL6PF4FMCN7T:00000001": An unhandled exception was thrown by the application.\nSystem.InvalidOperationException: boom\n   at Orders.Startup.Run(HttpContext context)',
    },
  ],
};

function complete({ first, lines }: OpenLines): ParsedLine {
  const further = lines.slice(1).map((line) => line.replace(INDENT, ''));
  return { ...first, body: (first.body === '' ? further : [first.body, ...further]).join('\n') };
}
