import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import { putOffSince } from '@throughline/domain/kinds/beginning.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { saidLastIn } from '../store/history.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';

/**
 * Refuses to put off a day that somebody is held to by opening the record again: it stands until somebody looked again on
 * a later day (9.1). Throws `unprocessable` by field.
 */
export async function ensureNotPutOff(
  reader: Reader,
  kind: Kind,
  before: Pick<StoredRecord, 'id' | 'content'>,
  next: Content,
): Promise<void> {
  const faults = await putOffFaults(reader, kind, before, next);
  if (faults.length > 0) throw unprocessable(faults);
}

/** The same for a door that refuses in its own way. */
export async function putOffFaults(
  reader: Reader,
  kind: Kind,
  before: Pick<StoredRecord, 'id' | 'content'>,
  next: Content,
): Promise<ErrorItem[]> {
  const { look, fields = [], in: states = [] } = kind.notPutOff ?? {};
  if (look === undefined) return [];
  if (![...fields, look].some((part) => next.fields[part] !== before.content.fields[part])) return [];
  const held = await saidLastIn(reader, before.id, states);
  return held ? putOffSince(kind, held, next) : [];
}
