import type { Approval } from '@throughline/domain/approvals.ts';
import { approvalsOf } from '../../store/approvals.ts';
import type { Reader } from '../../store/reader.ts';
import type { LockedRecord, Write } from '../../store/write.ts';

/** A statement carries at most 65,535 parameters; larger choices go in pieces. */
const atOnce = 10_000;

function* pieces(ids: readonly string[]): Generator<string[]> {
  const sorted = [...new Set(ids)].sort();
  for (let from = 0; from < sorted.length; from += atOnce) yield sorted.slice(from, from + atOnce);
}

/** Locks any number of records, in the order of their ids over all pieces, so that two changes cannot wait for each other. */
export async function lockMany(write: Write, ids: readonly string[]): Promise<Map<string, LockedRecord>> {
  const locked = new Map<string, LockedRecord>();
  for (const piece of pieces(ids)) for (const [id, record] of await write.lock(piece)) locked.set(id, record);
  return locked;
}

export async function approvalsOfMany(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, Approval[]>> {
  const acts = new Map<string, Approval[]>();
  for (const piece of pieces(ids))
    for (const [id, own] of await approvalsOf(reader, piece)) acts.set(id, own);
  return acts;
}
