import type { LogFormat } from './format.ts';
import { readStamped, textLine } from './text-line.ts';

const REST = /^: (DEBUG|INFO|WARNING|ERROR|CRITICAL)\/([\w.-]{1,80})\] (.*)$/;
const TASK = /(?:^Task |^)([A-Za-z_][\w.]{0,200})\[([0-9a-f]{8}-[0-9a-f-]{27})\]/;
const TOOK = / (?:succeeded|failed) in ([\d.]+)s/;

/**
 * Celery's worker: `[time: LEVEL/Process] message`, with the task's name and id in the lines about tasks.
 * @see https://docs.celeryq.dev/en/stable/userguide/configuration.html#worker-log-format
 */
export const celery: LogFormat = {
  id: 'celery',
  title: 'Celery worker',
  technology: 'celery',
  firstCharacters: ' [',
  continuation: 'text',
  parse(line, clock) {
    const text = line.trimStart();
    if (!text.startsWith('[')) return undefined;
    const stamped = readStamped(text.slice(1), clock);
    const found = stamped === undefined ? null : REST.exec(stamped.rest);
    if (stamped === undefined || found === null) return undefined;
    const [, level, process, body = ''] = found;
    const task = TASK.exec(body);
    const seconds = TOOK.exec(body)?.[1];
    return textLine({
      stamp: stamped.stamp,
      level,
      body,
      attributes: [
        ['process.name', process],
        ['celery.task_name', task?.[1]],
        ['celery.task_id', task?.[2]],
        ['duration_ms', seconds === undefined ? undefined : Number(seconds) * 1000],
      ],
    });
  },
  samples: [
    {
      text: '[2024-10-29 18:39:42,809: ERROR/MainProcess] consumer: Cannot connect to redis://redacted.cluster.local:6379/13: Error 111 connecting to redacted.svc.cluster.local:6379. Connection refused..',
      origin: 'prequel-dev/cre:rules/cre-2025-0058/test.log, without the time of kubectl',
      time: '2024-10-29T18:39:42.809Z',
      severityNumber: 17,
      body: 'consumer: Cannot connect to redis://redacted.cluster.local:6379/13: Error 111 connecting to redacted.svc.cluster.local:6379. Connection refused..',
      attributes: { 'process.name': 'MainProcess' },
    },
    {
      text: '[2026-11-21 02:54:15,169: DEBUG/MainProcess] | Worker: Preparing bootsteps.',
      origin: 'generated here, celery 5.2.6',
      time: '2026-11-21T02:54:15.169Z',
      severityNumber: 5,
      body: '| Worker: Preparing bootsteps.',
    },
    {
      text: '[2026-11-21 03:02:11,742: ERROR/ForkPoolWorker-1] Task tasks.invoice[f7f5b949-b7f2-4268-8946-19cea033442b] raised unexpected: ExceptionWithTraceback()\nTraceback (most recent call last):',
      origin: 'generated here, celery 5.2.6, trace clipped',
      time: '2026-11-21T03:02:11.742Z',
      severityNumber: 17,
      body: 'Task tasks.invoice[f7f5b949-b7f2-4268-8946-19cea033442b] raised unexpected: ExceptionWithTraceback()\nTraceback (most recent call last):',
      attributes: { 'celery.task_name': 'tasks.invoice', 'celery.task_id': 'f7f5b949-b7f2-4268-8946-19cea033442b' },
    },
  ],
};
