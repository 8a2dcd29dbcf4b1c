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
import { isSentence } from '@throughline/domain/text.ts';
import type { Reader } from '../store/reader.ts';
import { decidedRating } from '../store/risk-decisions.ts';
import { traceRecords } from '../store/trace-records.ts';
import type { LockedRecord, Write } from '../store/write.ts';

type Turn = { readonly before: Content; readonly next: Content };

/**
 * A level that falls below the one at which a risk was accepted, or its plan approved, or that comes out far below what its
 * findings say that nobody accepted so, takes a reason that stays with the version, whichever way it is written (6.1.3, 6.1.4, 8.3).
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
  const found = (await ratingsToKeep(write, risk, next)).find(({ as }) => as === 'found');
  if (found) refuseUnsaid(write, loweredWords(found, { before: {}, next: next.fields }));
}

function refuseUnsaid(write: Write, words: string | undefined): void {
  if (words === undefined || isSentence(write.ctx.because ?? '')) return;
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
  const measures = await ratingsToKeep(reader, risk, next);
  const turn = { before: before.fields, next: next.fields };
  return measures.flatMap((one) => loweredWords(one, turn) ?? [])[0];
}

/**
 * Below what a risk is not rated without a word: the levels that somebody last decided on, and what the findings lead to that
 * it carries, as far as nobody decided so with them in view.
 */
export async function ratingsToKeep(
  reader: Reader,
  risk: string,
  content: Content,
): Promise<readonly DecidedRating[]> {
  const decided = await decidedRating(reader, risk);
  const found = foundRating(content, await traceRecords(reader, content.links.carries ?? []), decided);
  return [decided, found].filter((one) => one !== undefined);
}

const levelFields = decidedPoints.flatMap((point) => bearers.map((bearer) => levelField(point, bearer)));
