import { walkVersions } from '../../store/verify/records.ts';
import { oneEntry } from './fault-sink.ts';
import type { TableCheck } from './hold-row.ts';
import type { Said } from './told.ts';

/** Holds what the log says of draws and walks against the versions of their records: seed, population, result. */
export async function checkWalks({ db, organisation, faults, told }: TableCheck): Promise<void> {
  const said = [...told.of('walk').values()].map(({ first }) => first);
  const ids = said.map(({ body }) => String(body.walk));
  const versions = await walkVersions(db, organisation, ids);
  for (const one of said) {
    const record = String(one.body.walk);
    const about = { table: 'revision', record, entries: oneEntry(one.index) };
    const known = versions.get(record);
    if (!known) faults.add('row-gone', about);
    else if (!told.erased.has(record) && !known.some((version) => tells(version, one.body)))
      faults.add(
        'row-differs',
        { ...about, column: 'seed, population, digest' },
        {
          expected: String(one.body.digest),
          found: 'no version that says so',
        },
      );
  }
}

function tells(
  version: {
    readonly digest: string;
    readonly seed: string;
    readonly size: string;
    readonly population: string;
  },
  body: Said['body'],
): boolean {
  if (body.act === 'walk.recorded') return version.digest === body.digest;
  return (
    version.seed === body.seed &&
    Number(version.size) === body.population &&
    version.population === body.digest
  );
}
