import { describe, expect, it } from 'vitest';
import { templateOf } from '../../src/diagnosis/template-of.ts';
import { logRecord } from '../rules/log-record.ts';

describe('the wording of a message', () => {
  it.each([
    ['order 4711 failed after 12.5 s', 'order <n> failed after <n> s'],
    ['retry in 30s, 5 % left', 'retry in <n>s, <n> % left'],
    ['charge 6f9619ff-8b86-d011-b42d-00c04fc964ff failed', 'charge <uuid> failed'],
    ['no answer of 10.0.0.5:5432 and 10.0.0.6', 'no answer of <address> and <address>'],
    ['no answer of [::1]:5432', 'no answer of <address>'],
    ['GET https://shop.example.com/orders/7?x=1 failed', 'GET <url> failed'],
    ['cannot open /var/lib/shop/orders.db', 'cannot open <path>'],
    ['at 2026-11-21T10:00:00.123Z the shelf collapsed', 'at <time> the shelf collapsed'],
    ['at 2026-11-21 10:00:00,123 the shelf collapsed', 'at <time> the shelf collapsed'],
    ['pointer 0x7f5b0012da80 is odd', 'pointer <hex> is odd'],
    ['commit 4d3a41aa9 is odd', 'commit <id> is odd'],
    ['column "email" of \'users\'', 'column "<text>" of \'<text>\''],
    ['many    blanks\tand tabs ', 'many blanks and tabs'],
    ['defaced decade', 'defaced decade'],
    ['utf8 and sha256 of v2', 'utf8 and sha256 of v2'],
  ])('%s', (body, expected) => {
    expect(templateOf(logRecord(body))).toBe(expected);
  });

  it('is that of the first line that says something', () => {
    expect(templateOf(logRecord('\n  \nshelf collapsed\n    at f (a.js:1:2)'))).toBe('shelf collapsed');
  });

  it('is that of the exception below a traceback of Python', () => {
    const body =
      'Traceback (most recent call last):\n  File "a.py", line 9, in <module>\n    q(1)\nshop.ShelfError: shelf 7 collapsed';
    expect(templateOf(logRecord(body))).toBe('shop.ShelfError: shelf <n> collapsed');
  });

  it('names the type of the exception when the message does not', () => {
    const attributes = { 'exception.type': 'ShelfError' };
    expect(templateOf(logRecord('shelf collapsed', { attributes }))).toBe('shelf collapsed [ShelfError]');
    expect(templateOf(logRecord('ShelfError: shelf collapsed', { attributes }))).toBe('ShelfError: shelf collapsed');
  });

  it('is the message of the exception where there is no body', () => {
    expect(templateOf(logRecord('', { attributes: { 'exception.message': 'shelf 7 collapsed' } }))).toBe(
      'shelf <n> collapsed',
    );
  });

  it('is short, whatever is logged', () => {
    expect(templateOf(logRecord('x '.repeat(1_000_000))).length).toBeLessThanOrEqual(300);
  });
});
