import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { bearers } from '@throughline/domain/risk/criteria.ts';
import {
  type DecidedRating,
  decidedPoints,
  foundRating,
  loweredWords,
} from '@throughline/domain/risk/lowered.ts';
import { levelField } from '@throughline/domain/risk/rate.ts';
import { isReason } from '@throughline/domain/text.ts';
import type { Reader } from '../store/reader.ts';
import { decidedRating } from '../store/risk-decisions.ts';
import { traceRecords } from '../store/trace-records.ts';
import type { LockedRecord, Write } from '../store/write.ts';

type Turn = { readonly before: Content; readonly next: Content };

/**
 * A level that falls below the one at which a risk was accepted, or its plan approved, or that comes out far below what its
 * findings say before that, takes a reason that stays with the version, whichever way it is written (6.1.3, 6.1.4, 8.3).
 * Throws `unprocessable`.
 */
export async function ensureLoweringSaid(
  write: Write,
  kind: Kind,
  { id, content: before }: Pick<LockedRecord, 'id' | 'content'>,
  next: Content,
): Promise<void> {
  refuseUnsaid(write, await loweringOf(write, kind, id, { before, next }));
}

/**
 * The same of a rating of how a risk stands now, by steps: whoever comes out far below a finding says why each time, also
 * where the risk was rated so before it carried the finding. Throws `unprocessable`.
 */
export async function ensureFoundSaid(write: Write, risk: string, next: Content): Promise<void> {
  const decided = await ratingToKeep(write, risk, next);
  if (decided?.as === 'found') refuseUnsaid(write, loweredWords(decided, { before: {}, next: next.fields }));
}

function refuseUnsaid(write: Write, words: string | undefined): void {
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
  const decided = await ratingToKeep(reader, risk, next);
  return decided && loweredWords(decided, { before: before.fields, next: next.fields });
}

/**
 * Below what a risk is not rated without a word: the levels that somebody last decided on and, where nobody did, what the
 * findings lead to that it carries.
 */
export const ratingToKeep = async (
  reader: Reader,
  risk: string,
  content: Content,
): Promise<DecidedRating | undefined> =>
  (await decidedRating(reader, risk)) ??
  foundRating(content, await traceRecords(reader, content.links.carries ?? []));

const levelFields = decidedPoints.flatMap((point) => bearers.map((bearer) => levelField(point, bearer)));
