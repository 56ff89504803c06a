import type { LogFormat } from './format.ts';
import { readBracketed, textLine } from './text-line.ts';

const REST = /^\[(\d{1,9}[.,]\d{3}s|\d{1,15}ms)\]\[(trace|debug|info|warning|error) *\]\[([a-z,+* ]{2,120})\] (.*)$/;

/**
 * Unified logging of the JVM (`-Xlog`): `[time][uptime][level][tags] message`.
 * @see https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html#enable-logging-with-the-jvm-unified-logging-framework
 */
export const jvmLog: LogFormat = {
  id: 'jvm-log',
  title: 'JVM unified logging',
  technology: 'java',
  firstCharacters: '[',
  continuation: 'trace',
  parse(line, clock) {
    const stamped = readBracketed(line, clock);
    const found = REST.exec(stamped?.rest ?? line);
    if (found === null) return undefined;
    const [, uptime, level, tags, body = ''] = found;
    return textLine({
      stamp: stamped?.stamp,
      level,
      body,
      attributes: [
        ['log.logger', tags?.trim()],
        ['process.uptime', uptime],
      ],
    });
  },
  samples: [
    {
      text: '[2026-11-21T02:59:25.862+0000][0.004s][info][gc] Using G1',
      origin: 'generated here, OpenJDK 17',
      time: '2026-11-21T02:59:25.862Z',
      severityNumber: 9,
      body: 'Using G1',
      attributes: { 'log.logger': 'gc' },
    },
    {
      text: '[0.042s][warning][os,thread] Failed to start thread "Unknown thread" - pthread_create failed (EAGAIN) for attributes: stacksize: 1024k, guardsize: 0k, detached.',
      origin: 'generated here, OpenJDK 17',
      severityNumber: 13,
      body: 'Failed to start thread "Unknown thread" - pthread_create failed (EAGAIN) for attributes: stacksize: 1024k, guardsize: 0k, detached.',
      attributes: { 'log.logger': 'os,thread' },
    },
  ],
};
