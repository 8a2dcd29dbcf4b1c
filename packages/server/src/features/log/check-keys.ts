import type { Db } from '../../store/connection.ts';
import { publishedCheckpoint } from '../../store/log-checkpoint.ts';
import { logKeys } from '../../store/log-keys.ts';
import { toldKeys } from '../../store/verify/places.ts';
import { type FaultSink, oneEntry } from './fault-sink.ts';
import type { Said } from './told.ts';

type ToldKeys = {
  /** Entries that name keys, oldest first. */
  readonly rotations: readonly Said[];
  readonly restoredAt: number;
  /** A public key of the log that is held outside the database. */
  readonly held: Buffer | undefined;
};

/** Holds the keys that the log tells of, and one that is held elsewhere, against the keys that are registered. */
export async function checkKeys(
  {
    db,
    organisation,
    faults,
  }: { readonly db: Db; readonly organisation: string; readonly faults: FaultSink },
  { rotations, restoredAt, held }: ToldKeys,
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
    const first = body.act === 'log.key-registered';
    if (!key || key.number <= before || (!first && (!previous || previous.hex !== body.previous)))
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
  const newest = keys.at(-1);
  const known = Math.max(before, signer ?? 0);
  if (known > 0 && newest && newest.number > known)
    faults.add('row-unlogged', { table: 'log_key', row: String(newest.number) }, { found: newest.hex });
  if (held && !keys.some((key) => key.public.equals(held)))
    faults.add(
      'key-differs',
      { table: 'log_key', row: String(signer ?? newest?.number ?? 1) },
      {
        expected: held.toString('hex'),
        found: (keys.find(({ number }) => number === signer) ?? newest)?.hex ?? 'nothing',
      },
    );
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
