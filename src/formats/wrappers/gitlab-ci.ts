import { epochToMs, readIsoStamp, type Clock } from '../time.ts';
import type { PeeledLine, Wrapper } from '../wrapper.ts';

const SECTIONS =
  /^(?:\x1b\[0K)?(?:section_(?:start|end):(\d{9,11}):([\w.-]{1,128})(?:\[[^\]]{0,128}\])?\r?(?:\x1b\[0K)?)+/;
const STAMPED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (\d\d)([OE])(\+| |$)/;

/**
 * The job logs of GitLab: markers of collapsible sections, and with `FF_TIMESTAMPS` the time, the number of the stream
 * and `O` or `E` before each line (`+`: goes on from the line before).
 * @see https://docs.gitlab.com/ci/jobs/job_logs/
 */
export const gitlabCi: Wrapper = {
  id: 'gitlab-ci',
  title: 'GitLab job log',
  firstCharacters: 's\x1b0123456789',
  peel(line, clock) {
    return peelSections(line) ?? peelStamp(line, clock);
  },
  samples: [
    {
      template: 'section_start:1560896352:my_first_section\r\x1b[0K{}',
      origin: 'gitlab-ce issue 63646',
      time: '2019-06-18T22:19:12Z',
      attributes: { 'cicd.pipeline.task.step': 'my_first_section' },
    },
    {
      template: '2024-05-22T12:43:46.962646Z 00E {}',
      origin:
        'gitlab-org/gitlab-runner with FF_TIMESTAMPS: time, number of the stream, O or E (layout, not a captured line)',
      time: '2024-05-22T12:43:46.962646Z',
      attributes: { 'log.iostream': 'stderr' },
    },
  ],
};

function peelSections(line: string): PeeledLine | undefined {
  const found = SECTIONS.exec(line);
  if (found === null) return undefined;
  const [prefix, seconds, name = ''] = found;
  const timestamp = epochToMs(Number(seconds));
  return {
    inner: line.slice(prefix.length),
    ...(timestamp === undefined ? {} : { timestamp }),
    attributes: [['cicd.pipeline.task.step', name]],
  };
}

function peelStamp(line: string, clock: Clock): PeeledLine | undefined {
  const found = STAMPED.exec(line);
  if (found === null) return undefined;
  const [prefix, stamp = '', stream = '', kind] = found;
  const timestamp = readIsoStamp(stamp, clock)?.instant;
  if (timestamp === undefined) return undefined;
  const iostream = kind === 'E' ? 'stderr' : 'stdout';
  return {
    inner: line.slice(prefix.length),
    timestamp,
    attributes: [['log.iostream', iostream]],
    stream: `${stream}${kind ?? ''}`,
  };
}
