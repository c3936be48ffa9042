import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { qrCode } from '../../src/domain/qr.ts';

const sample =
  'otpauth://totp/Praxis%20Mirabel:ana.reis%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Praxis%20Mirabel&algorithm=SHA1&digits=6&period=30';

const drawn = (text: string): string =>
  qrCode(text)
    .map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''))
    .join('\n');
const printOf = (text: string): string => createHash('sha256').update(drawn(text)).digest('hex');

describe('a QR code, to the module as an independent encoder draws it', () => {
  it.each([
    ['a', 'e8ab680854e4019c4ac89bd0e19dfe1f7e967f3cafd048091b3e3ec474b6f431'],
    [sample, 'fc4df401604aea604ffe4025e193f9562ee34c8850509bf4102cf96c735414fd'],
    ['x'.repeat(700), '8ad4806410186a3333f82af6462f3b396e3825fdae229f2cb83fb06ba6cab469'],
    ['y'.repeat(2000), 'df4a870587c97c3effded30f6fce6b93f9b9ceeb26b2ab928e5cbf83c0c5d483'],
  ])('%.20s', (text, print) => expect(printOf(text)).toBe(print));

  it('is as large as its version', () => {
    expect(qrCode('a')).toHaveLength(21);
    expect(qrCode(sample)).toHaveLength(49);
    expect(qrCode('x'.repeat(2331))).toHaveLength(177);
    expect(() => qrCode('x'.repeat(2332))).toThrow(RangeError);
  });
});
