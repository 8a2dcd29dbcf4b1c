import { TlogError } from './errors.ts';

/** Sizes and indexes are JavaScript numbers: 2^53 - 1 entries are more than any log will hold. */
export function checkWhole(value: number, at: string): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new TlogError('number', at, `${value} is not a whole number from 0 to 2^53 - 1`);
}

/**
 * A decimal number in its one form: digits without a leading zero, sign or space.
 * @throws TlogError `number`
 */
export function parseDecimal(text: string, at: string): number {
  const value = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value))
    throw new TlogError('number', at, `${quoted(text)} is not a decimal number below 2^53`);
  return value;
}

/** The largest power of two that is smaller than `size` (RFC 6962 §2.1); `size` is at least 2. */
export function splitPoint(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** What was found, for a message: short, and with nothing in it that could act on a terminal. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text.toWellFormed());
}
