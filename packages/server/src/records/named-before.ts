import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { namedIn } from '../store/history.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';

/**
 * Whom versions of the record named as doers since the work began, by field: putting somebody else into the field right
 * before the judgement frees nobody from what they did.
 */
export async function namedBefore(
  reader: Reader,
  kind: Kind,
  record: StoredRecord,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { initial, transitions } = kind.lifecycle;
  const fields = [...new Set(Object.values(transitions).flatMap((step) => step.notBy ?? []))];
  return fields.length === 0 ? {} : namedIn(reader, record.id, fields, initial);
}
