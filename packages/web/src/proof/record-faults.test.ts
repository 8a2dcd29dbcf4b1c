import type { RecordVerificationWire } from '@throughline/domain/wire-log.ts';
import { expect, test } from 'vitest';
import { foundNow } from './record-faults.ts';

const fault = (version: number | null) => ({
  fault: 'content-differs' as const,
  ...{ path: null, entries: null, table: 'revision', column: null, row: null, record: 'id', version },
  ...{ expected: null, found: null, ref: 'RSK-204', known: null, message: 'does not have the digest' },
});
const verified = (over: Partial<RecordVerificationWire>): RecordVerificationWire => ({
  record: 'id',
  ref: 'RSK-204',
  holds: false,
  checkpoint: 12,
  versions: [],
  faults: [],
  gone: null,
  ...over,
});

test('what was found now counts, whatever the last whole verification found', () => {
  expect(foundNow(verified({ holds: true }), [fault(3)])).toEqual([]);
  expect(foundNow(undefined, [fault(3)])).toEqual([fault(3)]);
});

test('a fault of a version is of that version, one of the record of none', () => {
  const version = { version: 2, index: 7, standing: 'differs' as const, faults: [fault(null)] };
  const found = foundNow(verified({ versions: [version], faults: [fault(null)] }), []);
  expect(found.map((one) => one.version)).toEqual([2, null]);
});
