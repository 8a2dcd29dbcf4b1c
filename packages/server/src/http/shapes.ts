import { isObject, type Json } from '@throughline/domain/json.ts';
import { roles } from '@throughline/domain/permissions.ts';
import { isSentence, line, prose, text } from '@throughline/domain/text.ts';
import { z } from 'zod';

/** Building blocks of what a client may send. Everything textual goes through the domain's `text()` or `line()`. */

export const idShape = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'This is no id.')
  .meta({ format: 'uuid' });

/** A record as a client names it: by ref or id. Whether it is there is asked where it is used. */
export const refShape = z
  .string()
  .regex(
    /^([A-Za-z]{2,5}-[1-9]\d{0,8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
    'This is neither a ref such as SYS-42 nor an id.',
  )
  .meta({ description: 'A ref such as SYS-42, or an id.' });

/** One line of text that is not empty. */
export function lineShape(max: number) {
  return z
    .string()
    .meta({ minLength: 1, maxLength: max })
    .transform((value, ctx) => {
      const read = line(value, max);
      if ('value' in read && read.value !== '') return read.value;
      ctx.addIssue('problem' in read ? read.problem : 'This is needed.');
      return z.NEVER;
    });
}

/** Paragraphs; may be empty unless `min` says otherwise. */
export function textShape(max: number, min = 0) {
  return z
    .string()
    .meta({ minLength: min, maxLength: max })
    .transform((value, ctx) => {
      const read = prose(value, max);
      if ('value' in read && read.value.trim().length >= min) return read.value;
      ctx.addIssue(
        'problem' in read ? read.problem : min > 1 ? `${min} characters at least.` : 'This is needed.',
      );
      return z.NEVER;
    });
}

/** Why something is done, in a sentence: neither signs alone, nor what stands where nobody has a reason yet, nor “ok”. */
export function reasonShape(max: number, min = 10) {
  return textShape(max, min).refine(isSentence, 'This gives no reason. Say why, in a sentence.');
}

/** An address: enough to tell it from a slip of the finger; only a message that arrives proves one. */
export const emailShape = z
  .string()
  .meta({ format: 'email', maxLength: 254 })
  .transform((value, ctx) => {
    const read = line(value, 254);
    const address = 'value' in read ? read.value.toLowerCase() : '';
    if (/^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+$/u.test(address)) return address;
    ctx.addIssue('problem' in read ? read.problem : 'This is no e-mail address.');
    return z.NEVER;
  });

/** A secret to sign in with. Kept as typed: no trimming, no change of form but NFC, so that it is the same everywhere. */
export const passwordShape = z
  .string()
  .meta({ maxLength: 1000, format: 'password' })
  .transform((value, ctx) => {
    const read = text(value, 1000);
    if ('value' in read) return read.value;
    ctx.addIssue(read.problem);
    return z.NEVER;
  });

/** A date of the calendar, `YYYY-MM-DD`. */
export const dateShape = z
  .string()
  .meta({ format: 'date' })
  .refine((value) => {
    const at = /^[1-9]\d{3}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
    return at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
  }, 'This is not a date. Use day, month, year, such as 2026-02-28.');

export const rolesShape = z.array(z.enum(roles)).max(roles.length);

/** `?flag=true`; absent means false. */
export const flagShape = z
  .enum(['true', 'false'])
  .optional()
  .transform((value) => value === 'true');

/** A whole number in the query string. */
export function countShape(most: number, usual: number) {
  return z
    .string()
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: most, default: usual })
    .transform((value, ctx) => {
      if (value === undefined) return usual;
      const count = /^\d{1,6}$/.test(value) ? Number(value) : 0;
      if (count >= 1 && count <= most) return count;
      ctx.addIssue(`A whole number from 1 to ${most}.`);
      return z.NEVER;
    });
}

/** Free JSON of a client (preferences, filters): text without NUL and half characters, names included. */
export const jsonShape = z.unknown().transform((value, ctx): Json => {
  const read = readJsonValue(value);
  if ('value' in read) return read.value;
  ctx.addIssue(read.problem);
  return z.NEVER;
});

function readJsonValue(value: unknown): { value: Json } | { problem: string } {
  if (value === null || typeof value === 'boolean') return { value };
  if (typeof value === 'number')
    return Number.isFinite(value) ? { value } : { problem: 'This number is too large.' };
  if (typeof value === 'string') return text(value, 100_000);
  if (Array.isArray(value)) {
    const items: Json[] = [];
    for (const item of value) {
      const read = readJsonValue(item);
      if ('problem' in read) return read;
      items.push(read.value);
    }
    return { value: items };
  }
  if (!isObject(value)) return { problem: 'This is no JSON.' };
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    const name = text(key, 200);
    if ('problem' in name) return name;
    const read = readJsonValue(item);
    if ('problem' in read) return read;
    entries.push([name.value, read.value]);
  }
  return { value: Object.fromEntries(entries) };
}

/** Why something is done that may take two hands. */
export const whyShape = reasonShape(500)
  .optional()
  .meta({ description: 'Why; needed where nobody else could confirm it.' });
