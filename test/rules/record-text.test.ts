import { describe, expect, it } from 'vitest';
import { recordText } from '../../src/rules/index.ts';
import { logRecord } from './log-record.ts';

describe('the text of a record', () => {
  it('is its body and then every other text, each on a line of its own', () => {
    const attributes = { 'exception.message': 'refused', 'err.detail': 'by the "stock" service', attempt: 3, 'err.fatal': true };
    expect(recordText(logRecord('charge failed', { attributes }))).toBe('charge failed\nrefused\nby the "stock" service');
  });

  it('says nothing twice', () => {
    const attributes = { 'exception.message': 'charge failed', 'exception.stacktrace': 'Error: boom\n    at f', 'err.message': 'boom' };
    expect(recordText(logRecord('charge failed: Error', { attributes }))).toBe('charge failed: Error\nError: boom\n    at f');
  });

  it('leaves out where it comes from and what a client sent', () => {
    const attributes = {
      'user_agent.original': 'connection refused', 'url.path': '/connection refused', 'host.name': 'connection refused', hostname: 'connection refused',
      'http.request.header.x': 'connection refused', 'req.headers.referer': 'connection refused', 'service.name': 'connection refused', 'thread.name': 'connection refused',
    };
    expect(recordText(logRecord('ok', { attributes }))).toBe('ok');
  });

  it('is bounded, whatever the record holds', () => {
    const attributes = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`field${index}`, `${index} `.repeat(10_000)]));
    expect(recordText(logRecord('x'.repeat(1_000_000), { attributes })).length).toBe(256 * 1024);
    expect(recordText(logRecord('body', { attributes })).length).toBeLessThanOrEqual(256 * 1024);
  });
});
