/** Which browser on which system, as far as a browser says: for people to recognise their own devices, never to decide anything. */

export interface DeviceName {
  browser: string | null;
  system: string | null;
  kind: 'phone' | 'tablet' | 'desktop';
}

/** The first that fits: most browsers also name those they resemble. */
const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?(?:iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bYaBrowser\//, 'Yandex'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

const firstOf = (list: readonly [RegExp, string][], text: string): string | null =>
  list.find(([pattern]) => pattern.test(text))?.[1] ?? null;

export function readUserAgent(text: string | null): DeviceName {
  const given = text ?? '';
  const system = firstOf(systems, given);
  const isPhone = system === 'iPhone' || (system === 'Android' && /\bMobile\b/.test(given));
  const isTablet = system === 'iPad' || system === 'Android';
  return {
    browser: firstOf(browsers, given),
    system,
    kind: isPhone ? 'phone' : isTablet ? 'tablet' : 'desktop',
  };
}
