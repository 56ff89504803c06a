import { describe, expect, it } from 'vitest';
import { severityOfPinoLevel, severityOfStatus, severityOfSyslog, severityOfWord } from '../../src/formats/levels.ts';

describe('words for levels', () => {
  it.each([
    ['npm (winston)', { error: 17, warn: 13, info: 9, http: 9, verbose: 1, debug: 5, silly: 1 }],
    ['syslog', { emerg: 21, alert: 19, crit: 18, err: 17, warning: 13, notice: 10, info: 9, debug: 5 }],
    ['Python', { CRITICAL: 18, ERROR: 17, WARNING: 13, INFO: 9, DEBUG: 5 }],
    ['java.util.logging', { SEVERE: 17, WARNING: 13, INFO: 9, CONFIG: 7, FINE: 5, FINER: 3, FINEST: 1 }],
    ['log4j', { FATAL: 21, ERROR: 17, WARN: 13, INFO: 9, DEBUG: 5, TRACE: 1 }],
    ['.NET console', { trce: 1, dbug: 5, info: 9, warn: 13, fail: 17, crit: 18 }],
    ['Serilog', { VRB: 1, DBG: 5, INF: 9, WRN: 13, ERR: 17, FTL: 21 }],
    ['slog', { DEBUG: 5, 'DEBUG-4': 1, 'INFO+2': 11, WARN: 13, 'ERROR+2': 19, 'ERROR+90': 24, 'DEBUG-9': 1 }],
    ['zap', { debug: 5, info: 9, warn: 13, error: 17, dpanic: 18, fatal: 21 }],
    ['PostgreSQL', { DEBUG1: 5, LOG: 9, NOTICE: 10, WARNING: 13, ERROR: 17, FATAL: 21, PANIC: 21 }],
    ['RabbitMQ', { erro: 17, warning: 13 }],
  ])('%s', (_, words) => {
    for (const [word, number] of Object.entries(words)) expect([word, severityOfWord(word)]).toEqual([word, number]);
  });

  it.each(['', 'E', 'fine-grained', 'constructor', '__proto__', 'erroneous', 'INFO+', 'INFO+100'])(
    '%s is none',
    (word) => {
      expect(severityOfWord(word)).toBeUndefined();
    },
  );
});

describe('numbers for levels', () => {
  it('reads those of pino and bunyan, and levels between them', () => {
    expect([10, 20, 30, 40, 50, 60].map(severityOfPinoLevel)).toEqual([1, 5, 9, 13, 17, 21]);
    expect([0, 5, 35, 45, 100].map(severityOfPinoLevel)).toEqual([1, 1, 9, 13, 21]);
    expect([-1, Number.NaN, Number.POSITIVE_INFINITY].map(severityOfPinoLevel)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('reads those of syslog, with or without a facility', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(severityOfSyslog)).toEqual([21, 19, 18, 17, 13, 10, 9, 5]);
    expect([34, 165].map(severityOfSyslog)).toEqual([18, 10]);
  });

  it('reads those of HTTP', () => {
    expect([200, 304, 404, 499, 500, 503].map(severityOfStatus)).toEqual([9, 9, 13, 13, 17, 17]);
  });
});
