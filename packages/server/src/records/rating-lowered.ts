import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { bearers } from '@throughline/domain/risk/criteria.ts';
import { decidedPoints, loweredWords } from '@throughline/domain/risk/lowered.ts';
import { levelField } from '@throughline/domain/risk/rate.ts';
import { isReason } from '@throughline/domain/text.ts';
import type { Reader } from '../store/reader.ts';
import { decidedRating } from '../store/risk-decisions.ts';
import type { LockedRecord, Write } from '../store/write.ts';

type Turn = { readonly before: Content; readonly next: Content };

/**
 * A level that falls below the one at which a risk was accepted, or its plan approved, takes a reason that stays with the
 * version, whichever way it is written (6.1.3, 8.3). Throws `unprocessable`.
 */
export async function ensureLoweringSaid(
  write: Write,
  kind: Kind,
  { id, content: before }: LockedRecord,
  next: Content,
): Promise<void> {
  const words = await loweringOf(write, kind, id, { before, next });
  if (words === undefined || isReason(write.ctx.because ?? '')) return;
  throw unprocessable([{ at: 'because', message: `${words} Say why, in a sentence.` }]);
}

/** A file gives no reason, so it lowers no level that somebody decided on; and no more does taking back what it wrote. */
export async function loweredByFile(
  reader: Reader,
  kind: Kind,
  id: string,
  turn: Turn,
): Promise<ErrorItem[]> {
  const words = await loweringOf(reader, kind, id, turn);
  return words === undefined
    ? []
    : [{ at: 'because', message: `${words} Rate it on its own page, and say why there.` }];
}

async function loweringOf(
  reader: Reader,
  { name }: Kind,
  risk: string,
  { before, next }: Turn,
): Promise<string | undefined> {
  if (name !== 'risk' || levelFields.every((field) => before.fields[field] === next.fields[field]))
    return undefined;
  const decided = await decidedRating(reader, risk);
  return decided && loweredWords(decided, { before: before.fields, next: next.fields });
}

const levelFields = decidedPoints.flatMap((point) => bearers.map((bearer) => levelField(point, bearer)));
