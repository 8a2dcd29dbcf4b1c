import type { Actor } from '@throughline/domain/actor.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { may } from '@throughline/domain/permissions.ts';
import type { Services } from '../services.ts';
import { type AroundRow, around } from '../store/around.ts';
import { commentCount } from '../store/comments.ts';
import { memberNames } from '../store/records.ts';
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
  return services.store.read(asked.organisation, async (reader) => {
    const record = await loadReadable(reader, actor, kind, asked.ref);
    const found = await around(reader, record.id, inputsOf(kind, record), asked.limit * spare);
    const rows = found.filter((row) => may(actor, row.kind, 'read')).slice(0, asked.limit);
    const people = rows.filter((row) => row.actor_type === 'person').map((row) => row.actor_id);
    return {
      record,
      rows,
      names: await memberNames(reader, people),
      comments: await commentCount(reader, record.id),
    };
  });
}

/** What the record stands on: inputs of its approval, and shared things that it uses. */
function inputsOf(kind: Kind, record: StoredRecord): string[] {
  const relations = Object.keys(kind.relations).filter(
    (name) => kind.drawsOn.includes(name) || kind.relations[name]?.type === 'uses',
  );
  return [...new Set(relations.flatMap((name) => record.content.links[name] ?? []))];
}
