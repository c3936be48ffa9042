import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, needsAccount } from '../src/api/http/page-policy.ts';
import { formatDayTime, formatMoney, sameClock } from '../src/i18n/format.ts';
import { localeFromHeader } from '../src/i18n/locales.ts';
import { readableInk } from '../src/ui/kit/clinic-mark.tsx';
import { hueCount, hueOf, initialsOf } from '../src/ui/kit/person-mark.tsx';
import { matches } from '../src/ui/shell/commands.tsx';

describe('language', () => {
  test.each([
    ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
    ['de-DE,de;q=0.9,en;q=0.8,ru;q=0.2', 'en'],
    ['en;q=0.3, ru;q=0.7', 'ru'],
    ['ru;q=0, en', 'en'],
    ['de', undefined],
    ['*', undefined],
    [null, undefined],
  ])('%s asks for %s', (header, locale) => expect(localeFromHeader(header)).toBe(locale));
});

describe('formats', () => {
  const at = new Date('2027-03-02T14:30:00Z');
  test('a time is on the clock of the zone given, with the year only where it is another', () => {
    expect(formatDayTime(at, 'Europe/Lisbon', 'en', at)).toBe('Tue 2 Mar, 14:30');
    expect(formatDayTime(at, 'Asia/Kathmandu', 'en', at)).toBe('Tue 2 Mar, 20:15');
    expect(formatDayTime(at, 'Europe/Lisbon', 'en', new Date('2026-03-02T00:00:00Z'))).toBe(
      'Tue 2 Mar 2027, 14:30',
    );
    expect(formatDayTime(at, 'Europe/Lisbon', 'ru', at)).toMatch(/^вт 2 мар\.?, 14:30$/);
  });
  test('the year is the one of the zone, not of the server', () => {
    const newYear = new Date('2026-12-31T20:00:00Z');
    expect(formatDayTime(newYear, 'Pacific/Auckland', 'en', newYear)).toBe('Fri 1 Jan, 09:00');
  });
  test('zones with the same clock at that instant are the same to people', () => {
    expect(sameClock(at, 'Europe/Lisbon', 'Europe/London')).toBe(true);
    expect(sameClock(at, 'Europe/Lisbon', 'Europe/Madrid')).toBe(false);
  });
  test('money by the currency, whole amounts without a fraction', () => {
    expect(formatMoney(12050, 'EUR', 'en')).toBe('€120.50');
    expect(formatMoney(12000, 'EUR', 'en')).toBe('€120');
    expect(formatMoney(1200, 'JPY', 'en')).toBe('¥1,200');
    expect(formatMoney(12050, 'EUR', 'ru').replace(/\s/g, ' ')).toBe('120,50 €');
  });
});

describe('page policy', () => {
  const settings = {
    nonce: 'abc',
    appUrl: 'https://clinic.example',
    collabUrls: ['wss://live.clinic.example/rooms', 'wss://other.clinic.example'],
    development: false,
  };
  test('scripts run by nonce alone, eval never in production', () => {
    const policy = contentSecurityPolicy(settings);
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain('wss://live.clinic.example wss://other.clinic.example');
    expect(policy).not.toContain('/rooms');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain('upgrade-insecure-requests');
  });
  test('on plain http nothing is upgraded: the address would stop working', () => {
    expect(contentSecurityPolicy({ ...settings, appUrl: 'http://localhost:3000' })).not.toContain('upgrade');
  });
  test('only whole path segments count', () => {
    expect(needsAccount('/me')).toBe(true);
    expect(needsAccount('/messages/3')).toBe(true);
    expect(needsAccount('/menu')).toBe(false);
    expect(needsAccount('/book')).toBe(false);
  });
});

describe('kit', () => {
  test.each([
    ['Ana Sofia Reis', 'AR'],
    ['  ольга  ', 'О'],
    ['', ''],
    ['José', 'J'],
  ])('initials of %j are %j', (name, initials) => expect(initialsOf(name)).toBe(initials));
  test('a person keeps their hue, and every hue exists', () => {
    const hues = Array.from({ length: 500 }, (_, index) => hueOf(`person-${index}`));
    expect(hueOf('person-7')).toBe(hues[7]);
    expect(new Set(hues).size).toBe(hueCount);
    expect(Math.min(...hues)).toBe(1);
    expect(Math.max(...hues)).toBe(hueCount);
  });
  test('text on a clinic colour is black or white, whichever reads', () => {
    expect(readableInk('#ffee88')).toBe('#000000');
    expect(readableInk('#0f5f5b')).toBe('#ffffff');
  });
  test('the search finds by the beginnings of words', () => {
    expect(matches('Services and prices', 'pri serv')).toBe(true);
    expect(matches('Кабинеты и аппараты', 'апп')).toBe(true);
    expect(matches('Calendar', 'endar')).toBe(false);
  });
});
