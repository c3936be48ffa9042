import { describe, expect, test } from 'vitest';
import { ownPath } from '../../src/api/own-path.ts';

describe('where an address may lead', () => {
  test.each(['/visits', '/book?service=1', '/a/../visits'])('%s is ours', (wish) => {
    const to = new URL(ownPath(wish, '/'), 'http://localhost:3000');
    expect([to.origin, to.pathname === '/']).toEqual(['http://localhost:3000', false]);
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/..\\\\evil.example',
    '/%2e%2e//evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '\\\\evil.example',
    '/./\\evil.example',
  ])('%j leads nowhere else', (wish) => {
    const to = new URL(ownPath(wish, '/'), 'http://localhost:3000');
    expect(to.origin).toBe('http://localhost:3000');
    expect(ownPath(wish, '/')).not.toMatch(/^\/[/\\]/);
  });
});
