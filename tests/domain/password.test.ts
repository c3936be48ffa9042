import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { commonRoots } from '../../src/domain/common-passwords.ts';
import { guessesLog10 } from '../../src/domain/guessable.ts';
import { lonePasswordText, normalPassword, passwordProblem } from '../../src/domain/password.ts';

const alone = { hasSecondFactor: false, ownTexts: ['Ana Reis', 'ana.reis@example.com', 'Praxis Mirabel'] };
const withFactor = { ...alone, hasSecondFactor: true };

describe('PWD-1: length, and nothing about composition', () => {
  it.each([
    ['kuvo-rami-selo-tanu'],
    ['a quiet morning'],
    ['the quiet river runs'],
    ['а я люблю тебя очень'],
    ['静かな朝に川の音が聞こえる窓辺で'],
    ['plainlowercaseletters'],
  ])('takes %s', (password) => expect(passwordProblem(password, alone)).toBeNull());

  it('asks for fifteen characters, or for eight beside a second factor', () => {
    expect(passwordProblem('a quiet mornin', alone)).toBe('password_short');
    expect(passwordProblem('k7fqz2mw', withFactor)).toBeNull();
    expect(passwordProblem('k7fqz2m', withFactor)).toBe('password_short_with_factor');
  });

  it('counts characters as people do, not units of memory', () => {
    expect(lonePasswordText.safeParse('🌊'.repeat(8)).success).toBe(false);
    expect(lonePasswordText.safeParse('морская 🌊 волна').success).toBe(true);
  });

  it('takes what a password manager pastes, to the last of 256 characters, blanks at its ends included', () => {
    expect(lonePasswordText.parse(` ${'aZ4$x'.repeat(51)}`)).toBe(` ${'aZ4$x'.repeat(51)}`);
    expect(lonePasswordText.safeParse('x'.repeat(257)).success).toBe(false);
  });

  it('one password has one form, whichever keyboard wrote it', () => {
    expect(normalPassword('Cafe\u0301 \uFB01ne')).toBe(normalPassword('Café fine'));
  });
});

describe('PWD-2: what is tried first is refused', () => {
  it.each([
    ['passwordpassword'],
    ['Password12345678'],
    ['P@ssw0rdP@ssw0rd!'],
    ['drowssapdrowssap'],
    ['123456789012345'],
    ['aaaaaaaaaaaaaaaa'],
    ['qwertyuiopasdfgh'],
    ['1qaz2wsx3edc4rfv'],
    ['summer2024summer2024'],
    ['iloveyou-princess-99'],
    ['correcthorsebatterystaple'],
    ['пароль1234567890'],
    ['йцукенгшщзхъфыва'],
    ['abcabcabcabcabcabc'],
    ['x'.repeat(256)],
  ])('%s', (password) => expect(passwordProblem(password, alone)).toBe('password_common'));

  it.each([
    ['dermis2024dermis'],
    ['Ana Reis Ana Reis 1'],
    ['reis@example.com!'],
    ['praxis-mirabel-2026'],
    ['M1rabelM1rabel-Ana'],
  ])('one’s own words: %s', (password) =>
    expect(passwordProblem(password, alone)).toBe('password_own_words'),
  );

  it('a second factor allows short ones, not common ones', () => {
    for (const password of ['password', 'qwerty12', 'dragon99', '19900512', '11111111'])
      expect(passwordProblem(password, withFactor), password).toBe('password_common');
    expect(passwordProblem('mirabel7', withFactor)).toBe('password_own_words');
  });

  test('every common root with what people add to it, in capitals and disguised', () => {
    const disguise = (root: string) =>
      root.replace(/[aeios]/g, (sign) => ({ a: '@', e: '3', i: '1', o: '0', s: '$' })[sign] ?? sign);
    for (const root of commonRoots)
      for (const made of [
        root.toUpperCase(),
        `${root}123`,
        `${root}2024!`,
        `2019${root}`,
        `${disguise(root)}!`,
        root + root,
      ])
        expect(guessesLog10(made, []), made).toBeLessThan(9);
  });
});

test('what a generator makes is never refused', () => {
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...letters.split('')), { minLength: 20, maxLength: 40 }),
      (signs) => {
        fc.pre(new Set(signs).size > 9);
        expect(passwordProblem(signs.join(''), alone)).toBeNull();
      },
    ),
  );
});
