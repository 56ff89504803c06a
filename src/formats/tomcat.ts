import type { LogFormat } from './format.ts';
import { JAVA_LEVEL } from './java-levels.ts';
import { textLine } from './text-line.ts';
import { readDayFirstStamp } from './time.ts';

const REST = new RegExp(`^ ${JAVA_LEVEL} \\[([^\\n]{1,120}?)\\] ([\\w.$<>-]{1,200}) (.*)$`);

/**
 * Tomcat's JULI: `dd-Mon-yyyy HH:mm:ss.SSS LEVEL [thread] class.method message`.
 * @see https://tomcat.apache.org/tomcat-10.1-doc/logging.html
 */
export const tomcat: LogFormat = {
  id: 'tomcat',
  title: 'Tomcat (JULI)',
  technology: 'tomcat',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse(line, clock) {
    const stamp = readDayFirstStamp(line, clock);
    const found = stamp === undefined ? null : REST.exec(line.slice(stamp.length));
    if (stamp === undefined || found === null) return undefined;
    const [, level, thread, logger, body = ''] = found;
    return textLine({
      stamp,
      level,
      body,
      attributes: [
        ['thread.name', thread],
        ['log.logger', logger],
      ],
    });
  },
  samples: [
    {
      text: '25-Mar-2018 23:32:33.756 INFO [main] org.apache.catalina.startup.VersionLoggerListener.log Server version:        Apache Tomcat/8.5.29',
      origin: 'public file index id 15051281183',
      time: '2018-03-25T23:32:33.756Z',
      severityNumber: 9,
      body: 'Server version:        Apache Tomcat/8.5.29',
      attributes: { 'thread.name': 'main', 'log.logger': 'org.apache.catalina.startup.VersionLoggerListener.log' },
    },
    {
      text: '21-Nov-2026 03:01:18.935 WARNING [main] org.apache.tomcat.util.digester.Digester.endElement No rules found matching [Server/Service/Engine/Host/ErrorReportValve]',
      origin: 'generated here, Tomcat 10.1.60',
      time: '2026-11-21T03:01:18.935Z',
      severityNumber: 13,
      body: 'No rules found matching [Server/Service/Engine/Host/ErrorReportValve]',
    },
  ],
};
