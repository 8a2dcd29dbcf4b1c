import type { Db } from '../../store/connection.ts';
import { publishedCheckpoint } from '../../store/log-checkpoint.ts';
import { logKeys } from '../../store/log-keys.ts';
import { toldKeys } from '../../store/verify/places.ts';
import { type FaultSink, oneEntry } from './fault-sink.ts';
import type { Said } from './told.ts';

/** Holds the rotations that the log tells of against the keys that are registered, one following the other. */
export async function checkKeys(
  {
    db,
    organisation,
    faults,
  }: { readonly db: Db; readonly organisation: string; readonly faults: FaultSink },
  rotations: readonly Said[],
  restoredAt: number,
): Promise<void> {
  const keys = (await logKeys(db)).map((key) => ({ ...key, hex: key.public.toString('hex') }));
  const rows = new Map((await toldKeys(db, organisation)).map((row) => [row.entry, row.key]));
  let before = 0;
  for (const { index, id, body } of rotations) {
    // A restored log goes on under the keys of the installation that it is restored into.
    if (index >= 0 && index < restoredAt) {
      rows.delete(id);
      continue;
    }
    const about = { table: 'log_key', entries: oneEntry(index) };
    const key = keys.find(({ hex }) => hex === body.key);
    const previous = keys.find(({ number }) => number === (key?.number ?? 0) - 1);
    if (!key || !previous || previous.hex !== body.previous || key.number <= before)
      faults.add('key-unknown', about, { expected: 'a registered key', found: String(body.key) });
    else
      faults.hold('row-differs', { ...about, table: 'log_key_entry' }, 'key', {
        expected: key.number,
        found: rows.get(id),
      });
    rows.delete(id);
    before = key?.number ?? before;
  }
  for (const [entry, key] of rows)
    faults.add('row-unlogged', { table: 'log_key_entry', row: entry }, { found: `key ${key}` });
  const signer = (await publishedCheckpoint(db, organisation))?.key;
  if (signer !== undefined && before > 0 && signer > before)
    faults.add(
      'key-unknown',
      { path: 'checkpoint' },
      {
        expected: `key ${before}, the newest that the log tells of`,
        found: `key ${signer}`,
      },
    );
}
