import { describe, expect, it } from 'vitest';
import {
  FORMATS,
  WRAPPERS,
  clockNear,
  fixedClock,
  parseLine,
  peelLine,
  readIsoStamp,
  zonedClock,
} from '../../src/formats/index.ts';
import {
  epochToMs,
  fractionToMs,
  monthNumber,
  readCtimeStamp,
  readDayFirstStamp,
  readSlashStamp,
  readSyslogStamp,
  toInstant,
  zoneOffsetMinutes,
} from '../../src/formats/time.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const UTC = fixedClock(NOON);

function iso(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString();
}

describe('ISO stamps', () => {
  it.each([
    ['2026-11-21T01:30:59Z', '2026-11-21T01:30:59.000Z'],
    ['2026-11-21T01:30:59.123Z', '2026-11-21T01:30:59.123Z'],
    ['2026-11-21T01:30:59,123', '2026-11-21T01:30:59.123Z'],
    ['2026-11-21 01:30:59,123 INFO', '2026-11-21T01:30:59.123Z'],
    ['2026-11-21 01:30:59.5', '2026-11-21T01:30:59.500Z'],
    ['2026-11-21T01:30:59.999999999Z', '2026-11-21T01:31:00.000Z'],
    ['2026-11-21T01:30:59+02:00', '2026-11-20T23:30:59.000Z'],
    ['2026-11-21T01:30:59+0200', '2026-11-20T23:30:59.000Z'],
    ['2026-11-21 01:30:59 -0500', '2026-11-21T06:30:59.000Z'],
    ['2026-11-21 01:30:59 +0530', '2026-11-20T20:00:59.000Z'],
    ['2026-11-21 01:30:59 UTC [93]', '2026-11-21T01:30:59.000Z'],
    ['2026-07-01 14:00:00.123 CEST [93]', '2026-07-01T12:00:00.123Z'],
    ['2023-01-23  3:47:23 0 [Note]', '2023-01-23T03:47:23.000Z'],
    ['2026-11-21T01:30Z', '2026-11-21T01:30:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s', (text, expected) => expect(iso(readIsoStamp(text, UTC)?.instant)).toBe(expected));

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-11-21T25:00:00Z',
    '2026-11-21T01:61:00Z',
    '0000-00-00 00:00:00',
    'yesterday',
    '',
    '2026-11-21',
  ])('%s is none', (text) => {
    expect(readIsoStamp(text, UTC)).toBeUndefined();
  });

  it('keeps microseconds', () => {
    expect(readIsoStamp('2026-11-21T01:30:59.123456Z', UTC)?.instant).toBe(Date.UTC(2026, 10, 21, 1, 30, 59) + 123.456);
  });

  it('says how long the stamp is, without the blanks behind it', () => {
    expect(readIsoStamp('2026-11-21 01:30:59.123  INFO x', UTC)?.length).toBe(23);
    expect(readIsoStamp('2026-11-21 01:30:59 UTC LOG', UTC)?.length).toBe(23);
    expect(readIsoStamp('2026-11-21 01:30:59 INFO x', UTC)?.length).toBe(19);
  });
});

describe('stamps with the name of a month', () => {
  it.each([
    ['20/Jul/2009:22:59:26 +0000', '2009-07-20T22:59:26.000Z'],
    ['21/Nov/2026:01:30:55 +0530', '2026-11-20T20:00:55.000Z'],
    ['21/Nov/2026 01:30:55', '2026-11-21T01:30:55.000Z'],
    ['25-Mar-2018 23:32:33.756', '2018-03-25T23:32:33.756Z'],
    ['21-Nov-2026 01:31:02 UTC', '2026-11-21T01:31:02.000Z'],
    ['14 Nov 07:01:22.119', '2026-11-14T07:01:22.119Z'],
    ['25 Apr 2024 05:32:35.018', '2024-04-25T05:32:35.018Z'],
  ])('%s', (text, expected) => expect(iso(readDayFirstStamp(text, UTC)?.instant)).toBe(expected));

  it.each([
    ['Sun Dec 04 04:47:44 2005', '2005-12-04T04:47:44.000Z'],
    ['Sun Mar 13 22:49:12 2016', '2016-03-13T22:49:12.000Z'],
    ['Sat Nov 21 01:31:03.123456 2026', '2026-11-21T01:31:03.123Z'],
  ])('%s', (text, expected) => expect(iso(readCtimeStamp(text, UTC)?.instant)).toBe(expected));

  it('reads slashes as a local time', () => {
    expect(iso(readSlashStamp('2023/07/15 16:44:53 [error]', fixedClock(NOON, 120))?.instant)).toBe(
      '2023-07-15T14:44:53.000Z',
    );
  });

  it('knows months in any case, and nothing else', () => {
    expect(['Jan', 'dec', 'SEP', 'September'].map(monthNumber)).toEqual([1, 12, 9, 9]);
    expect(['', 'Ja', 'anF', 'Foo'].map(monthNumber)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('stamps without a year', () => {
  it.each([
    ['Nov 21 11:59:59', '2026-11-21T11:59:59.000Z'],
    ['Nov  1 02:13:05', '2026-11-01T02:13:05.000Z'],
    ['Nov 21 18:00:00', '2026-11-21T18:00:00.000Z'], // a clock that runs ahead
    ['Nov 23 00:00:00', '2025-11-23T00:00:00.000Z'],
    ['Dec 31 23:59:59', '2025-12-31T23:59:59.000Z'],
    ['Jun 14 15:16:01.250000', '2026-06-14T15:16:01.250Z'],
    ['Feb 29 10:00:00', '2024-02-29T10:00:00.000Z'], // only a leap year has it
  ])('%s lies within the year before', (text, expected) => {
    expect(iso(readSyslogStamp(text, UTC)?.instant)).toBe(expected);
  });

  it('read in January are of last year', () => {
    const january = fixedClock(Date.UTC(2027, 0, 2));
    expect(iso(readSyslogStamp('Dec 31 23:59:59', january)?.instant)).toBe('2026-12-31T23:59:59.000Z');
    expect(iso(readSyslogStamp('Jan  1 00:00:01', january)?.instant)).toBe('2027-01-01T00:00:01.000Z');
  });

  it('lie near the wrapper around them', () => {
    const line = '{"log":"E0517 15:04:22.619632 77 a.go:1] x\\n","stream":"stderr","time":"2018-05-17T15:04:22.7Z"}';
    const read = peelLine(line, WRAPPERS, UTC);
    const clock = clockNear(UTC, read.timestamp ?? 0);
    expect(iso(parseLine(read.inner, FORMATS, clock)?.parsed.timestamp)).toBe('2018-05-17T15:04:22.619Z');
    const syslog =
      '{"log":"Jun 14 15:16:01 combo sshd[19939]: x\\n","stream":"stderr","time":"2018-06-14T15:16:02.7Z"}';
    expect(iso(peelLine(syslog, WRAPPERS, UTC).timestamp)).toBe('2018-06-14T15:16:01.000Z');
  });
});

describe('stamps without a date', () => {
  const at = (hour: number, minute: number) => iso(toInstant({ hour, minute, second: 0 }, UTC));

  it('lie within the day before', () => {
    expect(at(11, 59)).toBe('2026-11-21T11:59:00.000Z');
    expect(at(12, 59)).toBe('2026-11-21T12:59:00.000Z'); // an hour of grace
    expect(at(13, 1)).toBe('2026-11-20T13:01:00.000Z');
  });

  it('take the day of their own zone', () => {
    const tokyo = zonedClock(Date.UTC(2026, 10, 21, 16), 'Asia/Tokyo'); // 01:00 on the 22nd there
    expect(iso(toInstant({ hour: 0, minute: 30, second: 0 }, tokyo))).toBe('2026-11-21T15:30:00.000Z');
    expect(iso(toInstant({ hour: 23, minute: 30, second: 0 }, tokyo))).toBe('2026-11-21T14:30:00.000Z');
  });
});

describe('zones', () => {
  it.each([
    ['Z', 0],
    ['UTC', 0],
    ['+0200', 120],
    ['+02:00', 120],
    ['-05', -300],
    ['-03:30', -210],
    ['CEST', 120],
    ['PST', -480],
  ])('%s is %d minutes east', (zone, minutes) => expect(zoneOffsetMinutes(zone)).toBe(minutes));

  it.each(['', 'XYZ', 'toString', '+1', 'Europe/Berlin'])('%s is no offset', (zone) => {
    expect(zoneOffsetMinutes(zone)).toBeUndefined();
  });

  it('apply to stamps that name none', () => {
    expect(iso(readIsoStamp('2026-11-21 01:30:59', zonedClock(NOON, '+02:00'))?.instant)).toBe(
      '2026-11-20T23:30:59.000Z',
    );
    expect(iso(readIsoStamp('2026-11-21 01:30:59Z', zonedClock(NOON, '+02:00'))?.instant)).toBe(
      '2026-11-21T01:30:59.000Z',
    );
  });

  it.each([
    ['Europe/Berlin', '2026-01-15 12:00:00', '2026-01-15T11:00:00.000Z'],
    ['Europe/Berlin', '2026-07-15 12:00:00', '2026-07-15T10:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29 01:59:59', '2026-03-29T00:59:59.000Z'], // the last second of winter
    ['Europe/Berlin', '2026-03-29 03:00:00', '2026-03-29T01:00:00.000Z'], // the first one of summer
    ['Europe/Berlin', '2026-10-25 01:59:59', '2026-10-24T23:59:59.000Z'],
    ['Europe/Berlin', '2026-10-25 03:00:00', '2026-10-25T02:00:00.000Z'],
    ['America/New_York', '2026-03-08 01:59:59', '2026-03-08T06:59:59.000Z'],
    ['America/New_York', '2026-03-08 03:00:00', '2026-03-08T07:00:00.000Z'],
    ['Asia/Kolkata', '2026-07-15 12:00:00', '2026-07-15T06:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-01-15 12:00:00', '2026-01-15T01:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-07-15 12:00:00', '2026-07-15T01:30:00.000Z'],
  ])('%s: %s', (zone, text, expected) => {
    expect(iso(readIsoStamp(text, zonedClock(NOON, zone))?.instant)).toBe(expected);
  });

  it('reads an hour that comes twice as one of the two', () => {
    const instant = iso(readIsoStamp('2026-10-25 02:30:00', zonedClock(NOON, 'Europe/Berlin'))?.instant);
    expect(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']).toContain(instant);
  });

  it('refuses a zone that is not known', () => {
    expect(() => zonedClock(NOON, 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('epochs', () => {
  it.each([
    [1531171074, 1531171074000],
    [1531171074.631, 1531171074631],
    [1761019822.3152757, 1761019822315.276],
    [1531171074631, 1531171074631],
    [1534860261221373, 1534860261221.373],
    [1700000000000000000, 1700000000000],
    [0, undefined],
    [42, undefined],
    [20261121, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ])('%d', (value, expected) => expect(epochToMs(value)).toBe(expected));

  it('reads fractions of any length', () => {
    expect(['5', '123', '123456', '123456789', '1176501'].map(fractionToMs)).toEqual([
      500, 123, 123.456, 123.457, 117.65,
    ]);
  });
});
