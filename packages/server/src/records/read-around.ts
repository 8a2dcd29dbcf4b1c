import type { Actor } from '@throughline/domain/actor.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { may } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { Services } from '../services.ts';
import { type AroundRow, around } from '../store/around.ts';
import { commentCount } from '../store/comments.ts';
import { actorNames } from '../store/records.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { ensureMay, loadReadable } from './load.ts';

export type Around = {
  readonly record: StoredRecord;
  readonly rows: readonly AroundRow[];
  readonly names: ReadonlyMap<string, string>;
  readonly comments: number;
};

/** More is read than shown: what somebody may not read is left out afterwards. */
const spare = 3;

/** What happened last to a record and around it, newest first, and how many comments stand on it. */
export async function readAround(
  services: Services,
  asked: {
    readonly organisation: string;
    readonly actor: Actor;
    readonly kind: Kind;
    readonly ref: string;
    readonly limit: number;
  },
): Promise<Around> {
  const { actor, kind } = asked;
  ensureMay(actor, kind, 'read');
  return services.store.read(asked, async (reader) => {
    const record = await loadReadable(reader, actor, kind, asked.ref);
    const found = await around(reader, record.id, inputsOf(kind, record), asked.limit * spare);
    const readable = found.filter((row) => may(actor, row.kind, 'read'));
    const rows = onceAGroup(services.registry, readable).slice(0, asked.limit);
    const people = rows.map((row) => row.actor_id);
    return {
      record,
      rows,
      names: await actorNames(reader, people),
      comments: await commentCount(reader, record.id),
    };
  });
}

/**
 * Several relations of a kind may lead into one group of the other side (a task's *System* and *About* both into
 * *Tasks*): a record comes under it with the first of them, leaves it with the last, and each is told once.
 */
function onceAGroup(registry: Registry, rows: readonly AroundRow[]): AroundRow[] {
  const group = (row: AroundRow, relation: string | null) =>
    registry.get(row.kind).relations[relation ?? '']?.inverse ?? relation;
  const line = (row: AroundRow) => `${row.act} ${row.id} ${group(row, row.relation)}`;
  const first = new Map<string, number>();
  for (const row of rows) first.set(line(row), Math.min(row.version ?? 0, first.get(line(row)) ?? Infinity));
  const told = new Set<string>();
  return rows.filter((row) => {
    if (row.act !== 'linked' && row.act !== 'unlinked') return true;
    const stays = row.still.some((relation) => group(row, relation) === group(row, row.relation));
    const again = row.act === 'linked' && row.version !== first.get(line(row));
    const moment = `${line(row)} ${row.version}`;
    if (stays || again || told.has(moment)) return false;
    told.add(moment);
    return true;
  });
}

/** What the record stands on: inputs of its approval, and shared things that it uses. */
function inputsOf(kind: Kind, record: StoredRecord): string[] {
  const relations = Object.keys(kind.relations).filter(
    (name) => kind.drawsOn.includes(name) || kind.relations[name]?.type === 'uses',
  );
  return [...new Set(relations.flatMap((name) => record.content.links[name] ?? []))];
}
