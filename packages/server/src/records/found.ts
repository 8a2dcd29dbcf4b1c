import { DomainError, type ErrorItem } from '@throughline/domain/errors.ts';
import { changedParts } from '@throughline/domain/kinds/edit.ts';
import {
  type FoundVersion,
  foundFaults,
  foundObstacle,
  refuseFound,
} from '@throughline/domain/kinds/found.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { foundBeforeOf } from '../store/found-before.ts';
import { revisionAt } from '../store/history.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { Write } from '../store/write.ts';

type Judged = Pick<StoredRecord, 'id' | 'state'>;

/** The version in which a judgement that is open again was found; nothing is read of kinds that find nothing. */
const foundEarlier = async (
  reader: Reader,
  kind: Kind,
  { id, state }: Judged,
): Promise<FoundVersion | null> => (kind.found && state !== kind.found.in ? foundBeforeOf(reader, id) : null);

/** Whether a record says, or once said, what was found. */
export const wasFound = async (reader: Reader, kind: Kind, record: Judged): Promise<boolean> =>
  kind.found !== undefined &&
  (record.state === kind.found.in || (await foundEarlier(reader, kind, record)) !== null);

/** Why a judgement does not go to a state, in words: what was found is not called off. Nothing where it may. */
export async function callingOffObstacle(
  reader: Reader,
  kind: Kind,
  record: Judged,
  to: string,
): Promise<string | undefined> {
  const obstacle = foundObstacle(kind, to);
  return obstacle !== undefined && (await wasFound(reader, kind, record)) ? obstacle : undefined;
}

/** The same as a refusal. Throws `conflict`. */
export async function ensureNotCalledOff(
  write: Write,
  kind: Kind,
  record: Judged,
  to: string,
): Promise<void> {
  const obstacle = await callingOffObstacle(write, kind, record, to);
  if (obstacle !== undefined) throw new DomainError('conflict', obstacle);
}

/** Refuses to change what stays of a judgement that was given once. Throws `unprocessable`. */
export async function ensureFoundStays(
  write: Write,
  kind: Kind,
  record: Judged,
  changed: readonly string[],
  leaving?: string,
): Promise<void> {
  if (foundFaults(kind, record.state, changed, leaving).length === 0) return;
  if (await wasFound(write, kind, record)) refuseFound(kind, record.state, changed, leaving);
}

/** The same for a file, which refuses in its own way. */
export async function foundChanged(
  reader: Reader,
  kind: Kind,
  before: Judged & { readonly content: Content },
  next: Content,
): Promise<ErrorItem[]> {
  const faults = foundFaults(kind, before.state, changedParts(before.content, next));
  return faults.length > 0 && (await wasFound(reader, kind, before)) ? faults : [];
}

/** What was found before a judgement was opened again, and by whom and when it was. */
export type FoundBefore = {
  readonly found: FoundVersion;
  readonly opened: { readonly by: { readonly type: string; readonly id: string }; readonly at: Date };
};

export async function findingBefore(reader: Reader, kind: Kind, record: Judged): Promise<FoundBefore | null> {
  const found = await foundEarlier(reader, kind, record);
  const next = found && (await revisionAt(reader, record.id, found.version + 1));
  return next ? { found, opened: { by: { type: next.actor_type, id: next.actor_id }, at: next.at } } : null;
}
