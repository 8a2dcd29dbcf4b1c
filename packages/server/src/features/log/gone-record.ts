import type { Actor } from '@throughline/domain/actor.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { knownOf, type LogKnown } from '@throughline/domain/log-known.ts';
import { can } from '@throughline/domain/permissions.ts';
import { lastFaults } from '../../store/log-checkpoint.ts';
import type { Reader } from '../../store/reader.ts';
import { createdAndGone, isGone, wasNumbered } from '../../store/verify/gone.ts';
import type { PlaceRow } from '../../store/verify/places.ts';
import { readBody } from './told.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** How many entries of a record that is gone are told; a backup or the log itself has the others. */
const mostTold = 50;

/**
 * The id of a record that entries speak of and whose row is not there. Whose it was cannot be told any more, so this is
 * answered to those alone who may read every record of its kind; to everybody else nothing is there, and nothing is
 * looked for: the answer takes them as long as for what never was.
 */
export async function goneRecord(
  reader: Reader,
  { actor, kind, ref }: { readonly actor: Actor; readonly kind: Kind; readonly ref: string },
): Promise<string | undefined> {
  const { db, organisation, registry } = reader;
  if (
    !can(actor, 'read', {
      kind: kind.name,
      owner: null,
      systemOwner: null,
      assignee: null,
      parties: kind.sealed ? [] : null,
    })
  )
    return undefined;
  const named = registry.readRef(ref);
  if (!named) return uuid.test(ref) && (await isGone(db, organisation, ref)) ? ref : undefined;
  if (named.kind.name !== kind.name) return undefined;
  // Going through what is gone reads an index of every entry, so only for a number that was once given. Where whoever
  // removed the row set the counter back as well, the last verification tells of it.
  const { number } = named;
  const given =
    (await wasNumbered(db, organisation, kind.name, number)) ||
    (await lastFaults(reader)).some((fault) => fault.ref === `${kind.prefix}-${number}`);
  if (!given) return undefined;
  const rows = await createdAndGone(db, organisation, number);
  return rows.find((row) => {
    const body = readBody(row);
    return body?.act === 'record.created' && body.kind === kind.name && body.number === number;
  })?.record;
}

/** What the entries of a record say of its versions, newest first. */
export function toldOf(rows: readonly PlaceRow[], { name, label }: Kind): readonly LogKnown[] {
  const said = rows.flatMap((row) => {
    const body = readBody(row);
    if (!body || body.kind !== name || !String(body.act).startsWith('record.')) return [];
    return knownOf(body, row.index < 0 ? null : row.index, () => label) ?? [];
  });
  // Places come in order, and what waits for one behind them.
  return said.toReversed().slice(0, mostTold);
}
