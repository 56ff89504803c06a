import type { Wrapper } from '../wrapper.ts';

/** CSI (colours, cursor, erase line), OSC (titles, links) and two-character sequences; rsyslog writes ESC as `#033`. */
const SEQUENCES =
  /(?:\x1b|#033)\[[0-9:;<=>?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-B]|\x1b[@-Z\\^_=>78]/g;

/**
 * Colours and other terminal sequences, wherever they stand in the line.
 * @see https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
 */
export const ansi: Wrapper = {
  id: 'ansi',
  title: 'terminal colours',
  peel(line) {
    if (!line.includes('\x1b') && !line.includes('#033[')) return undefined;
    const inner = line.replace(SEQUENCES, '');
    return inner.length === line.length ? undefined : { inner };
  },
  samples: [
    { template: '\x1b[2K{}', origin: 'tstack/lnav:test/logfile_docker_compose_with_ts.0, the erase-line sequence' },
    { template: '\x1b[32m{}\x1b[0m', origin: 'generated here, pm2 7 colours its prefix and lines like this' },
    { template: '#033[31m{}#033[0m', origin: 'rsyslog, parser.escapeControlCharactersOnReceive (default on)' },
  ],
};
