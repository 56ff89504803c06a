import { isLevelWord } from '../levels.ts';
import type { Wrapper } from '../wrapper.ts';

/** Compose pads names, so that two blanks or more stand before the bar, or the name ends in its number. */
const PREFIX = /^([A-Za-z0-9][\w.-]{0,127})(?: {2,}|(?<=[-_]\d{1,4}) )\| ?/;

/**
 * `docker compose logs` and `docker compose up`: `name-1  | line`, or the `container_name` without a number.
 * @see https://docs.docker.com/reference/cli/docker/compose/logs/
 */
export const compose: Wrapper = {
  id: 'compose',
  title: 'docker compose prefix',
  peel(line) {
    const found = PREFIX.exec(line);
    if (found === null) return undefined;
    const [prefix, name = ''] = found;
    if (isLevelWord(name)) return undefined;
    return { inner: line.slice(prefix.length), attributes: [['container.name', name]], stream: name };
  },
  samples: [
    {
      template: 'web-1  | {}',
      origin: 'tstack/lnav:test/logfile_docker_compose_with_noise.0',
      attributes: { 'container.name': 'web-1' },
    },
    {
      template: 'caddy  | {}',
      origin: 'tstack/lnav:test/logfile_caddy_log.0',
      attributes: { 'container.name': 'caddy' },
    },
    {
      template: '\x1b[36mweb-1  | \x1b[0m{}',
      origin: 'docker/compose:cmd/formatter/logs.go, the colours around the name',
      attributes: { 'container.name': 'web-1' },
    },
  ],
};
