/** Money is an integer number of minor units in the clinic's currency. Never a float, never without its currency. */
export interface Money {
  amountMinor: number;
  currency: string;
}

/** Minor digits of a currency by ISO 4217 (2 for EUR, 0 for JPY, 3 for KWD). */
export function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** Reads a decimal in major units ("82", "1,250.50") as minor units; null where it is no amount. Half a unit rounds away from zero. */
export function parseMajor(text: string, currency: string): number | null {
  const cleaned = text
    .trim()
    .replace(/[\s\u00a0']/g, '')
    .replace(/,(?=\d{3}(\D|$))/g, '')
    .replace(',', '.');
  if (!/^-?\d{1,12}(\.\d{1,6})?$/.test(cleaned)) return null;
  const [whole = '0', fraction = ''] = cleaned.replace('-', '').split('.');
  const digits = minorDigits(currency);
  const scaled =
    Number(whole) * 10 ** digits + Number(`${fraction.padEnd(digits, '0').slice(0, digits) || '0'}`);
  const roundUp = Number(fraction[digits] ?? '0') >= 5 ? 1 : 0;
  const amount = scaled + roundUp;
  if (!Number.isSafeInteger(amount)) return null;
  return cleaned.startsWith('-') && amount !== 0 ? -amount : amount;
}
