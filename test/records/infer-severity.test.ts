import { describe, expect, it } from 'vitest';
import { inferSeverity } from '../../src/records/infer-severity.ts';

describe('inferSeverity', () => {
  it.each([
    ['ERROR orders could not be read', 17],
    ['2026-11-21 WARN slow', 13],
    ['INFO ready', 9],
    ['panic: runtime error: index out of range', 21],
    ['Error: connect ECONNREFUSED 10.0.0.7:5432\n    at TCPConnectWrap.afterConnect', 17],
    ['request failed\nTypeError: x is undefined', 17],
    ['connected', undefined],
  ])('reads %j as %s', (text, expected) => {
    expect(inferSeverity(text)).toBe(expected);
  });

  it.each([
    " ✔ Handles failure with data set 'Connection refused' [3.39 ms]",
    '--- PASS: TestRefused (0.00s)',
    '  * test handles {:error, :econnrefused} and retries [L#6]',
    '\r  * test handles {:error, :econnrefused} and retries (2.1ms) [L#6]',
    `Test 'ClientTest::testRetries with data set "deadlock" ('Deadlock found when trying to get lock', 3)' started`,
    'test_client.py::test_messages[ECONNREFUSED] PASSED        [ 36%]',
    'test_fatal (tests.Client) ... ok',
  ])('lets the passed test %j count as nothing', (line) => {
    expect(inferSeverity(line)).toBe(1);
  });

  it.each([
    "2026-11-21T06:19:40.338Z ioredis:redis write command[127.0.0.1:6379]: 0 -> set([ 'job', 'connect ETIMEDOUT' ])",
    "Executed (default): INSERT INTO failures VALUES ('deadlock detected')",
    'query: INSERT INTO failures VALUES ($1) -- PARAMETERS: ["connect ECONNREFUSED 10.0.0.7:5432"]',
  ])('lets the echoed statement %j count as nothing', (line) => {
    expect(inferSeverity(line)).toBe(1);
  });

  it('takes what stands below a failure for no passed test', () => {
    expect(inferSeverity('Error: dependency failed to start\n ✔ Container db  Healthy')).toBe(17);
    expect(inferSeverity('ioredis:connection error: Error: connect ECONNREFUSED 127.0.0.1:6379')).not.toBe(1);
  });
});
