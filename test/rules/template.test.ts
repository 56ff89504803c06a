import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillCommand, fillTemplate, placeholders } from '../../src/rules/index.ts';

describe('a template', () => {
  it.each([
    ['Nothing listens at {{peer|the address}}', { peer: 'db:5432' }, 'Nothing listens at db:5432'],
    ['Nothing listens at {{peer|the address}}', {}, 'Nothing listens at the address'],
    ['Nothing listens at {{peer|the address}}', { peer: '' }, 'Nothing listens at the address'],
    ['{{ host }}:{{ port | 5432 }}', { host: 'db' }, 'db: 5432 '],
    ['{{host}}', {}, '<host>'],
    ['{{host|}}', {}, ''],
    ['{{host}} and {{host}}', { host: 'a' }, 'a and a'],
    ['{host} {{}} {{1a}} {{a b}}', { host: 'a' }, '{host} {{}} {{1a}} {{a b}}'],
    ['{{err.code}}', { 'err.code': '42P01' }, '42P01'],
  ])('%s with %j', (template, captures, expected) => {
    expect(fillTemplate(template, captures)).toBe(expected);
  });

  it('fills in a capture as it is, even one that looks like a template or a replacement', () => {
    expect(fillTemplate('<{{a}}|{{b}}>', { a: '{{b}}', b: "$& $1 $' $$" })).toBe("<{{b}}|$& $1 $' $$>");
  });

  it('takes nothing from the prototype', () => {
    expect(fillTemplate('{{constructor}} {{toString|none}} {{__proto__|none}}', {})).toBe('<constructor> none none');
  });

  it('lists its placeholders', () => {
    expect(placeholders('{{a}} {{b|x}} {{c|}}')).toEqual([
      { name: 'a', hasFallback: false },
      { name: 'b', hasFallback: true },
      { name: 'c', hasFallback: true },
    ]);
  });
});

describe('a command', () => {
  it.each([
    ['10.0.0.5', 'nc -vz 10.0.0.5 80'],
    ['[::1]', 'nc -vz HOST 80'],
    ['db-1.internal', 'nc -vz db-1.internal 80'],
    ['/var/run/pg.sock', 'nc -vz /var/run/pg.sock 80'],
    ['user@host', 'nc -vz user@host 80'],
    ['a b', 'nc -vz HOST 80'],
    ['a;rm -rf /', 'nc -vz HOST 80'],
    ['$(reboot)', 'nc -vz HOST 80'],
    ['`reboot`', 'nc -vz HOST 80'],
    ['a|sh', 'nc -vz HOST 80'],
    ['a&&b', 'nc -vz HOST 80'],
    ['a\nreboot', 'nc -vz HOST 80'],
    ['a\n', 'nc -vz HOST 80'],
    ['a\u001b[2J', 'nc -vz HOST 80'],
    ['--exec=sh', 'nc -vz HOST 80'],
    ['-e', 'nc -vz HOST 80'],
    ['*', 'nc -vz HOST 80'],
    ['~root', 'nc -vz HOST 80'],
    ['a>b', 'nc -vz HOST 80'],
    ['{a,b}', 'nc -vz HOST 80'],
    ['a\\b', 'nc -vz HOST 80'],
    ['"a"', 'nc -vz HOST 80'],
    ["'a'", 'nc -vz HOST 80'],
    ['#a', 'nc -vz HOST 80'],
    ['!1', 'nc -vz HOST 80'],
    ['gr\u00fcn', 'nc -vz HOST 80'],
    ['', 'nc -vz HOST 80'],
  ])('with the capture %j', (host, expected) => {
    expect(fillCommand('nc -vz {{host|HOST}} 80', { host })).toBe(expected);
  });

  it('names a capture that it leaves out and has no fallback for', () => {
    expect(fillCommand('nc -vz {{host}} {{port}}', { host: '$(x)', port: '80' })).toBe('nc -vz <host> 80');
  });

  it('never grows by a word, an option or anything else that a shell reads, whatever a log says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' }), (host, port) => {
        const command = fillCommand('nc -vz {{host|HOST}} {{port|PORT}} end', { host, port });
        expect(command).toMatch(/^nc -vz [\w.:/@%+=,][\w.:/@%+=,-]* [\w.:/@%+=,][\w.:/@%+=,-]* end$/);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });
});
