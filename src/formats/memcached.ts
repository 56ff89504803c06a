import type { LogFormat, ParsedLine } from './format.ts';

/**
 * memcached, which prints neither time nor level: its messages and what `-v` and `-vv` add.
 * @see https://github.com/memcached/memcached/blob/1.6.18/memcached.c
 */
export const memcached: LogFormat = {
  id: 'memcached',
  title: 'memcached',
  technology: 'memcached',
  firstCharacters: '<>sSftwC0123456789',
  continuation: 'none',
  parse,
  samples: [
    {
      text: 'failed to listen on one of interface(s) 127.0.0.1: Address already in use',
      origin: 'generated here, memcached 1.6.18',
      severityNumber: 17,
      body: 'failed to listen on one of interface(s) 127.0.0.1: Address already in use',
    },
    {
      text: '<24 new auto-negotiating client connection',
      origin: 'generated here, memcached 1.6.18 with -vv',
      severityNumber: 5,
      body: '<24 new auto-negotiating client connection',
    },
    {
      text: '>24 ERROR',
      origin: 'generated here, memcached 1.6.18 with -vv',
      severityNumber: 5,
      body: '>24 ERROR',
    },
    {
      text: 'slab class   1: chunk size        96 perslab   10922',
      origin: 'generated here, memcached 1.6.18 with -vv',
      severityNumber: 5,
      body: 'slab class   1: chunk size        96 perslab   10922',
    },
  ],
};

const VERBOSE =
  /^(?:[<>]\d{1,6} (?:new (?:auto-negotiating|ascii|binary) client connection|server listening|connection closed|[A-Za-z]{2,12}\b)|slab class +\d{1,3}: chunk size +\d+ perslab +\d+$|\d{1,6}: Client using the (?:ascii|binary|meta) protocol$)/;
const FAILED = /^failed to (?:listen on (?:TCP|UDP|UNIX|one of)|set rlimit for open files|create listening socket)/;

function parse(line: string): ParsedLine | undefined {
  if (VERBOSE.test(line)) return { severityNumber: 5, body: line };
  return FAILED.test(line) ? { severityNumber: 17, body: line } : undefined;
}
