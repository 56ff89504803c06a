import type { PeeledLine, Wrapper } from '../wrapper.ts';

const MARKER = /^##\[(error|warning|notice|debug|command|group|endgroup|section)\]/;
const DOWNLOADED = /^([^\t\n]{1,256})\t([^\t\n]{1,256})\t(?=\uFEFF?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z)/;

/** Only these state how bad the line is; the others structure the log. */
const SEVERITIES: Readonly<Record<string, number>> = { error: 17, warning: 13, notice: 10, debug: 5 };

/**
 * What GitHub Actions (and Azure Pipelines) put around a line beside its time: `##[error]`, and `job⇥step⇥` in the
 * output of `gh run view --log`.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export const githubActions: Wrapper = {
  id: 'github-actions',
  title: 'GitHub Actions markers',
  peel(line) {
    return line.startsWith('##[') ? peelMarker(line) : peelJobAndStep(line);
  },
  samples: [
    {
      template: '2026-07-30T19:16:53.1176501Z ##[group]{}',
      origin: 'pytorch/test-infra:aws/lambda/log-classifier/fixtures/classify/collection_assertionerror.txt',
      time: '2026-07-30T19:16:53.117650Z',
    },
    {
      template: 'build\tRun npm test\t2026-07-30T19:16:53.1176501Z ##[error]{}',
      origin: 'cli/cli:pkg/cmd/run/view/view.go, displayLogSegments',
      time: '2026-07-30T19:16:53.117650Z',
      attributes: { 'cicd.pipeline.task.name': 'build', 'cicd.pipeline.task.step': 'Run npm test' },
    },
  ],
};

function peelMarker(line: string): PeeledLine | undefined {
  const found = MARKER.exec(line);
  if (found === null) return undefined;
  const [prefix, marker = ''] = found;
  const severityNumber = SEVERITIES[marker];
  const inner = line.slice(prefix.length);
  return severityNumber === undefined ? { inner } : { inner, severityNumber, severityText: marker };
}

function peelJobAndStep(line: string): PeeledLine | undefined {
  const found = line.includes('\t') ? DOWNLOADED.exec(line) : null;
  if (found === null) return undefined;
  const [prefix, job = '', step = ''] = found;
  return {
    inner: line.slice(prefix.length),
    attributes: [
      ['cicd.pipeline.task.name', job],
      ['cicd.pipeline.task.step', step],
    ],
    stream: job,
  };
}
