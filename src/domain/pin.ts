/** Six digits for coming back to a tablet on the day one signed in there: three tries, so only what is tried first matters. */
import { z } from 'zod';

export const pinLength = 6;
/** Then only the full way is left, until somebody signed in by it. */
export const pinTries = 3;
/** No longer than a working day, and never into the next one. */
export const pinSessionHours = 12;

const runs = '01234567890 09876543210';
const month = '(0[1-9]|1[0-2])';
const day = '(0[1-9]|[12]\\d|3[01])';
const year = '(19|20)\\d\\d';
/** Every order in which people write a day of their lives. */
const dates = new RegExp(
  `^(${day}${month}\\d\\d|${month}${day}\\d\\d|\\d\\d${month}${day}|${year}${month}|${month}${year})$`,
);

/** True for runs, repetitions and days of a calendar. */
export function isTrivialPin(pin: string): boolean {
  const repeats = /^(\d{1,3}?)\1+$/.test(pin);
  const fewDigits = new Set(pin).size < 3;
  const pairs = /^(\d)\1(\d)\2(\d)\3$/.test(pin);
  return repeats || fewDigits || pairs || runs.includes(pin) || halvesRun(pin) || dates.test(pin);
}

/** 123 321, 456 789, 147 258. */
const halves = ['012', '123', '234', '345', '456', '567', '678', '789', '147', '258', '369', '159', '357'];
function halvesRun(pin: string): boolean {
  const isRun = (half: string) =>
    halves.includes(half) || halves.includes(Array.from(half).reverse().join(''));
  return isRun(pin.slice(0, 3)) && isRun(pin.slice(3));
}

export const pinText = z
  .string({ error: 'required' })
  .regex(/^\d{6}$/, { error: 'pin' })
  .refine((pin) => !isTrivialPin(pin), { error: 'pin_trivial' });
/** Counted as so many tries: the way back was closed, together with the sessions. Tries by themselves never get there. */
export const pinClosed = pinTries + 1;
