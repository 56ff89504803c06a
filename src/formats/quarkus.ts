import type { LogFormat } from './format.ts';
import { JAVA_LEVEL } from './java-levels.ts';
import { readStamped, textLine } from './text-line.ts';
import { readTimeOfDay } from './time-of-day.ts';

const REST = new RegExp(
  `^ ${JAVA_LEVEL} +(?:traceId=([0-9a-f]{32})?, [^\\[\\n]{0,200})?\\[([\\w.$/: -]{1,200})\\] \\(([^\\n]{0,200}?)\\) (.*)$`,
);

/**
 * Quarkus, WildFly and JBoss: `TIME LEVEL [logger] (thread) message`.
 * @see https://quarkus.io/guides/logging
 */
export const quarkus: LogFormat = {
  id: 'quarkus',
  title: 'Quarkus, WildFly',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse(line, clock) {
    const stamp = readTimeOfDay(line, clock) ?? readStamped(line, clock)?.stamp;
    const found = stamp === undefined ? null : REST.exec(line.slice(stamp.length));
    if (stamp === undefined || found === null) return undefined;
    const [, level, traceId, logger, thread, body = ''] = found;
    return textLine({
      stamp,
      level,
      body,
      traceId,
      attributes: [
        ['log.logger', logger],
        ['thread.name', thread],
      ],
    });
  },
  samples: [
    {
      text: '2020-06-05 17:22:27,522 INFO  [io.quarkus] (main) dmn-knative 1.0-SNAPSHOT (powered by Quarkus 1.3.2.Final) started in 3.600s.',
      origin: 'public file index id 52568378878',
      time: '2020-06-05T17:22:27.522Z',
      severityNumber: 9,
      body: 'dmn-knative 1.0-SNAPSHOT (powered by Quarkus 1.3.2.Final) started in 3.600s.',
      attributes: { 'log.logger': 'io.quarkus', 'thread.name': 'main' },
    },
  ],
};
