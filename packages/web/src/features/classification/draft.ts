import type { AnswerWire } from '@throughline/domain/wire-classification.ts';
import { keepPreference, readPreference } from '../../ui/store.ts';
import { changedFacts, rebased, type Sheet } from './interview-state.ts';

/** Answers that were given and not kept, with the answers that they were given on top of. */
export type Draft = { readonly mine: Sheet; readonly before: Sheet };

/** One draft for each person and record: another person on the same computer sees nothing of it. */
export type DraftOf = { readonly member: string; readonly record: string };

const nameOf = ({ member, record }: DraftOf): string => `interview-draft.${member}.${record}`;

/** The draft that this browser holds; `null` where there is none, or nobody can read it any more. */
export const readDraft = (of: DraftOf): Draft | null => {
  const kept = readPreference(nameOf(of), '');
  if (kept === '') return null;
  try {
    const read: unknown = JSON.parse(kept);
    return isDraft(read) ? read : null;
  } catch (error) {
    // What another release wrote otherwise is no draft of this one; the answers that were kept stand.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** Holds a draft until the answers are kept, over reloads and closed tabs; `null` lets it go. Answers whether it could. */
export const holdDraft = (of: DraftOf, draft: Draft | null): boolean =>
  keepPreference(nameOf(of), draft === null ? '' : JSON.stringify(draft));

/** The sheet to go on with: what is kept, with the draft on top; and how many answers the draft brings. */
export const resumed = (kept: Sheet, draft: Draft | null): { sheet: Sheet; answers: number } => {
  if (draft === null) return { sheet: kept, answers: 0 };
  const sheet = rebased(draft.mine, draft.before, kept);
  return { sheet, answers: changedFacts(kept, sheet).length };
};

const isDraft = (value: unknown): value is Draft =>
  isRecord(value) && isSheet(value.mine) && isSheet(value.before);

const isSheet = (value: unknown): value is Sheet =>
  isRecord(value) &&
  isRecord(value.answers) &&
  isRecord(value.notes) &&
  Object.values(value.answers).every(isAnswer) &&
  Object.values(value.notes).every((note) => typeof note === 'string');

const isAnswer = (value: unknown): value is AnswerWire =>
  ['boolean', 'number', 'string'].includes(typeof value) ||
  (Array.isArray(value) && value.every((one) => typeof one === 'string'));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
