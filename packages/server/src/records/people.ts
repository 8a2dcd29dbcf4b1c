import { membersAlone, type Patch, type People } from '@throughline/domain/kinds/edit.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { namedIn } from '../store/history.ts';
import { persons } from '../store/identities.ts';
import type { Reader } from '../store/reader.ts';

/**
 * Who is who, as far as an edit of these fields asks: nothing is read where the kind keeps nobody apart. `record` is
 * `null` for a new one, which has no earlier versions.
 */
export async function peopleFor(
  reader: Reader,
  kind: Kind,
  record: string | null,
  patch: Patch,
): Promise<People> {
  const asked = (kind.apart ?? []).filter(({ field, from }) =>
    [field, ...from].some((name) => Object.hasOwn(patch.fields ?? {}, name.split('.')[0] ?? '')),
  );
  if (asked.length === 0) return membersAlone;
  const who = await persons(reader);
  const past = asked.flatMap((one) => (one.past ? one.from : []));
  const known = record !== null && past.length > 0;
  return {
    same: (one, other) => who.person(one) === who.person(other),
    ...(known ? { before: await namedIn(reader, record, past, kind.lifecycle.initial) } : {}),
  };
}
