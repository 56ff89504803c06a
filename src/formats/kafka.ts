import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * Kafka's brokers, controllers and Connect workers: `[time,ms] LEVEL message (logger)`.
 * @see https://github.com/apache/kafka/blob/3.9/config/log4j.properties
 */
export const kafka: LogFormat = {
  id: 'kafka',
  title: 'Apache Kafka',
  technology: 'kafka',
  firstCharacters: '[',
  continuation: 'text',
  parse,
  samples: [
    {
      text: '[2025-05-29 04:19:39,421] INFO [Broker id=1] Leader orders-3 with topic id Some(ueVBcvLLRyGn5J0fchnCiQ) starts at leader epoch 0 from offset 0 with partition epoch 0, high watermark 0, ISR [1,3,2], adding replicas [] and removing replicas []. Previous leader epoch was -1. (state.change.logger)',
      origin: 'prequel-dev/cre:rules/cre-2025-0070/test.log',
      time: '2025-05-29T04:19:39.421Z',
      severityNumber: 9,
      body: '[Broker id=1] Leader orders-3 with topic id Some(ueVBcvLLRyGn5J0fchnCiQ) starts at leader epoch 0 from offset 0 with partition epoch 0, high watermark 0, ISR [1,3,2], adding replicas [] and removing replicas []. Previous leader epoch was -1.',
      attributes: { 'log.logger': 'state.change.logger' },
    },
    {
      text: '[2021-06-09 09:31:14,285] ERROR [ReplicaManager broker=0] Error processing append operation on partition __transaction_state-28 (kafka.server.ReplicaManager)\norg.apache.kafka.common.errors.NotEnoughReplicasException: The size of the current ISR Set(0) is insufficient to satisfy the min.isr requirement of 2 for partition __transaction_state-28',
      origin: 'public file index id 23151175500',
      time: '2021-06-09T09:31:14.285Z',
      severityNumber: 17,
      body: '[ReplicaManager broker=0] Error processing append operation on partition __transaction_state-28\norg.apache.kafka.common.errors.NotEnoughReplicasException: The size of the current ISR Set(0) is insufficient to satisfy the min.isr requirement of 2 for partition __transaction_state-28',
      attributes: { 'log.logger': 'kafka.server.ReplicaManager' },
    },
    {
      text: '[2022-07-30 06:40:02,105] WARN [SocketServer brokerId=1001] Unexpected error from /192.168.240.9; closing connection (org.apache.kafka.common.network.Selector)',
      origin: 'public file index id 4470997487',
      time: '2022-07-30T06:40:02.105Z',
      severityNumber: 13,
      body: '[SocketServer brokerId=1001] Unexpected error from /192.168.240.9; closing connection',
    },
  ],
};

const HEAD = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3})\] (TRACE|DEBUG|INFO|WARN|ERROR|FATAL) /;
const LOGGER = / \(([A-Za-z_$][\w.$]{2,200})(?::\d{1,6})?\)$/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', level = ''] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  const severityNumber = severityOfWord(level);
  if (instant === undefined || severityNumber === undefined) return undefined;
  const message = line.slice(head.length);
  const logger = LOGGER.exec(message.slice(-220));
  return {
    timestamp: instant,
    severityNumber,
    severityText: level,
    body: logger === null ? message : message.slice(0, -logger[0].length),
    ...(logger?.[1] === undefined ? {} : { attributes: new Map([['log.logger', logger[1]]]) }),
  };
}
