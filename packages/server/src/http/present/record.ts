import type { Actor, ActorRef } from '@throughline/domain/actor.ts';
import { isAgainst } from '@throughline/domain/kinds/found.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { stillBinding } from '@throughline/domain/kinds/two-hands.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { RecordWire, RefWire } from '@throughline/domain/wire.ts';
import type { FoundBefore } from '../../records/found.ts';
import type { RecordView } from '../../records/read-record.ts';
import type { RefRow, SystemLine } from '../../store/records.ts';
import { actorRefWire } from './actor.ts';
import { approvalStatus, approvalWire } from './approval.ts';
import { heldWire, type Refusal, recordAbilities, transitionsOf } from './record-abilities.ts';
import { refWire } from './ref.ts';

/** `GET /{collection}/{ref}`. */
export function recordWire(
  registry: Registry,
  view: RecordView,
  asked: {
    readonly actor: Actor;
    readonly now: Date;
    readonly line?: SystemLine | undefined;
    /** Steps that a gate refuses, with why. */
    readonly ahead?: ReadonlyMap<string, Refusal>;
  },
): RecordWire {
  const { record, kind } = view;
  const home = record.system && record.system !== record.id ? view.refs.get(record.system) : undefined;
  return {
    ...refWire(registry, { ...record, archived: record.archivedAt !== null }),
    version: record.version,
    fields: record.content.fields,
    links: linksWire(registry, record.content.links, view.refs),
    inverse: inverseWire(registry, view),
    marks: marksWire(view),
    home: home ? refWire(registry, home) : null,
    approval: approvalWire(registry, view, asked.actor),
    ...(view.recusals.length > 0
      ? {
          recusals: view.recusals.map(({ record: about, member, reason, at }) => ({
            record: about,
            member,
            reason,
            at: at.toISOString(),
          })),
        }
      : {}),
    ...(kind.name === 'system' && !view.asOf
      ? { line: asked.line ?? { strip: null, gaps: 0, holdsUntil: null, stale: true } }
      : {}),
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    updatedBy: view.newest ? actorRefWire(view.newest.actor_type, view.newest.actor_id) : unknown,
    proof: { digest: record.digest.toString('hex'), entry: view.newest?.index ?? null },
    external: view.external,
    ...(view.broughtIn
      ? { broughtIn: { file: view.broughtIn.file, at: view.broughtIn.at.toISOString() } }
      : {}),
    ...(view.foundBefore ? { foundBefore: foundWire(kind, view.foundBefore) } : {}),
    ...stillBindsWire(view),
    ...(view.lack && record.archivedAt === null ? { lack: view.lack } : {}),
    ...heldWire(view, asked.actor),
    abilities: recordAbilities(view, asked.actor, asked.now),
    transitions: view.asOf ? [] : transitionsOf(view, asked.actor, asked.ahead),
    members: Object.fromEntries(view.members),
    ...(view.newest?.fields === null ? { erased: true as const } : {}),
    ...(view.asOf ? { asOf: { at: view.asOf.at.toISOString(), index: view.asOf.index } } : {}),
  };
}

function stillBindsWire({ kind, record, asOf }: RecordView): Pick<RecordWire, 'stillBinds'> {
  const { content, state, archivedAt } = record;
  const stillBinds = asOf ? undefined : stillBinding(kind, { content, state, archived: archivedAt !== null });
  return stillBinds === undefined ? {} : { stillBinds };
}

/** What was found before it was opened again, in the words of its kind. */
function foundWire(
  kind: Kind,
  { found: before, opened }: FoundBefore,
): NonNullable<RecordWire['foundBefore']> {
  const text = (name: string | undefined): string | null => {
    const value = name === undefined ? undefined : before.fields[name];
    return typeof value === 'string' ? value : null;
  };
  const word = text(kind.found?.word);
  const field = kind.fields[kind.found?.word ?? ''];
  const options = field && 'options' in field ? field.options : [];
  const step = Object.values(kind.lifecycle.transitions).find(({ from }) =>
    from.includes(kind.found?.in ?? ''),
  );
  return {
    version: before.version,
    word: options.find(({ id }) => id === word)?.label ?? word,
    on: text(kind.found?.on),
    counts: isAgainst(kind, before),
    because: text(step?.says),
    by: actorRefWire(opened.by.type, opened.by.id),
    at: opened.at.toISOString(),
  };
}

/** Who wrote a record whose newest version was removed from the database: nobody can tell, least of all by who asks. */
const unknown: ActorRef = { type: 'person', id: '' };

/** Links by relation; a target that is not there any more is left out. */
export function linksWire(
  registry: Registry,
  links: Readonly<Record<string, readonly string[]>>,
  refs: ReadonlyMap<string, RefRow>,
): Record<string, readonly RefWire[]> {
  return Object.fromEntries(
    Object.entries(links).map(([relation, ids]) => [
      relation,
      ids.flatMap((id) => {
        const row = refs.get(id);
        return row ? [refWire(registry, row)] : [];
      }),
    ]),
  );
}

function marksWire({ marks }: RecordView): RecordWire['marks'] {
  return Object.fromEntries([
    ...[...marks.standings].map(([id, standing]) => [id, { approval: approvalStatus(standing) }]),
    ...[...marks.gaps].map(([id, gaps]) => [id, { gaps }]),
  ]);
}

function inverseWire(registry: Registry, view: RecordView): RecordWire['inverse'] {
  const groups = Map.groupBy(view.inverse, (row) => `${row.kind} ${row.relation}`);
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const relation = registry.get(first.kind).relations[first.relation];
    return [
      {
        kind: first.kind,
        relation: first.relation,
        label: relation?.inverse ?? registry.get(first.kind).plural,
        count: first.count,
        items: rows.map((row) => refWire(registry, row)),
      },
    ];
  });
}
