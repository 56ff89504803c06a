import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * ZooKeeper: `time,ms [myid:1] - LEVEL  [thread:Class@line] - message`.
 * @see https://github.com/apache/zookeeper/blob/release-3.8.0/conf/logback.xml
 */
export const zookeeper: LogFormat = {
  id: 'zookeeper',
  title: 'Apache ZooKeeper',
  technology: 'zookeeper',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse,
  samples: [
    {
      text: '2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774] - Notification time out: 3200',
      origin: 'logpai/loghub:Zookeeper/Zookeeper_2k.log',
      time: '2015-07-29T17:41:44.747Z',
      severityNumber: 9,
      body: 'Notification time out: 3200',
      attributes: { 'thread.name': 'QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181', 'log.logger': 'FastLeaderElection' },
    },
    {
      text: '2026-11-21 02:52:19,895 - WARN  [NIOWorkerThread-1:NIOServerCnxn@383] - Close of session 0x0\njava.io.IOException: Unreasonable length = 2021161080\n\tat org.apache.jute.BinaryInputArchive.checkLength(BinaryInputArchive.java:166)',
      origin: 'generated here, ZooKeeper 3.8.0',
      time: '2026-11-21T02:52:19.895Z',
      severityNumber: 13,
      body: 'Close of session 0x0\njava.io.IOException: Unreasonable length = 2021161080\n\tat org.apache.jute.BinaryInputArchive.checkLength(BinaryInputArchive.java:166)',
    },
  ],
};

const HEAD =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?:\[myid:(\d{0,10})\] )?- (TRACE|DEBUG|INFO|WARN|ERROR|FATAL) {1,2}\[(.{1,300}?):([\w.$]{1,128})@(?:\d{1,6}|\?)\](?:\[[^\]\n]{0,64}\])? - /;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', , level = '', thread = '', logger = ''] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  const severityNumber = severityOfWord(level);
  if (instant === undefined || severityNumber === undefined) return undefined;
  return {
    timestamp: instant,
    severityNumber,
    severityText: level,
    body: line.slice(head.length),
    attributes: new Map([
      ['thread.name', thread],
      ['log.logger', logger],
    ]),
  };
}
