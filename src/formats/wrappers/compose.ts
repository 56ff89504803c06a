import type { Wrapper } from '../wrapper.ts';

const PREFIX = /^([\w.-]{1,128}) +\| ?/;

/**
 * `docker compose logs` and `docker compose up`: `name-1  | line`.
 * @see https://docs.docker.com/reference/cli/docker/compose/logs/
 */
export const compose: Wrapper = {
  id: 'compose',
  title: 'docker compose prefix',
  peel(line) {
    const found = PREFIX.exec(line);
    if (found === null) return undefined;
    const [prefix, name = ''] = found;
    return { inner: line.slice(prefix.length), attributes: [['container.name', name]], stream: name };
  },
  samples: [
    {
      template: 'web-1  | {}',
      origin: 'tstack/lnav:test/logfile_docker_compose_with_noise.0',
      attributes: { 'container.name': 'web-1' },
    },
  ],
};
