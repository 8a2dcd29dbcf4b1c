import type { Actor } from '@throughline/domain/actor.ts';
import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import type { LinkPatch, Patch } from '@throughline/domain/kinds/edit.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { isId } from '@throughline/domain/kinds/values.ts';
import { may } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { shown } from '@throughline/domain/text.ts';
import type { Filter, ListQuery } from '../store/list-query.ts';
import type { Reader } from '../store/reader.ts';
import { recordsByRef, targetsById } from '../store/records.ts';
import type { AskedQuery } from './read-list-query.ts';
import { unitsWithin } from './units-named.ts';

/** Records as a client names them in one place of a request: by ref (`SYS-42`) or by id. */
export type NamedRecords = {
  /** The field or parameter, as a refusal names it. */
  readonly at: string;
  readonly refs: readonly string[];
  /** Names of the kinds that can be meant here; `null` for any. */
  readonly kinds: readonly string[] | null;
};

/** Whether a text has the shape of a ref of a known kind or of an id. */
export function namesRecord(registry: Registry, text: string): boolean {
  return isId(text) || registry.readRef(text) !== undefined;
}

/**
 * Ids of records by ref or id, for every place of a request that names some: answers a look-up of the names asked for.
 * What is not there, is another organisation's or of a kind that the actor may not read answers alike. Throws
 * `unprocessable` with one item for each name that finds nothing.
 */
export async function resolveRefs(
  reader: Reader,
  actor: Actor,
  named: readonly NamedRecords[],
): Promise<(ref: string) => string> {
  const found = await findNamed(reader, [...new Set(named.flatMap(({ refs }) => refs))]);
  const problems: ErrorItem[] = [];
  for (const { at, refs, kinds } of named) {
    for (const ref of refs) {
      const record = found.get(ref);
      const message = problemOf(reader.registry, actor, { ref, kind: record?.kind, kinds });
      if (message !== null) problems.push({ at, message });
    }
  }
  if (problems.length > 0) throw unprocessable(problems.slice(0, 20));
  return (ref) => {
    const record = found.get(ref);
    if (!record) throw new TypeError(`"${ref}" was not asked for`);
    return record.id;
  };
}

type Found = { readonly id: string; readonly kind: string };

async function findNamed(reader: Reader, refs: readonly string[]): Promise<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>();
  for (const [id, { kind }] of await targetsById(reader, refs.filter(isId))) found.set(id, { id, kind });
  const numbered = refs.flatMap((ref) => {
    const read = reader.registry.readRef(ref);
    return read ? [{ ref, kind: read.kind.name, number: read.number }] : [];
  });
  const byRef = await recordsByRef(reader, numbered);
  for (const { ref, kind, number } of numbered) {
    const id = byRef.get(`${kind} ${number}`);
    if (id !== undefined) found.set(ref, { id, kind });
  }
  return found;
}

function problemOf(
  registry: Registry,
  actor: Actor,
  named: { readonly ref: string; readonly kind: string | undefined; readonly kinds: NamedRecords['kinds'] },
): string | null {
  const { ref, kind, kinds } = named;
  const labels = kinds?.map((name) => registry.get(name).label).join(' or ') ?? 'record';
  if (!namesRecord(registry, ref)) return `"${shown(ref)}" is neither a ref such as SYS-42 nor an id.`;
  const isMeant = (name: string) => kinds === null || kinds.includes(name);
  const asked = registry.readRef(ref)?.kind.name;
  // The letters of a ref say its kind, whether or not there is such a record.
  if (asked !== undefined && !isMeant(asked)) return `"${shown(ref)}" is no ${labels}.`;
  if (kind === undefined || !isMeant(kind) || !may(actor, kind, 'read'))
    return `There is no ${labels} "${shown(ref)}" that you can see.`;
  return null;
}

/** The relations and filters of a register that name records, with ids in place of refs. */
export async function resolveQuery(reader: Reader, asked: AskedQuery, actor: Actor): Promise<ListQuery> {
  const { kind, system, linked } = asked;
  const relation = (part: string) => (Object.hasOwn(kind.relations, part) ? kind.relations[part] : undefined);
  const naming = asked.filters.flatMap(({ part, operator, values }) => {
    const to = relation(part)?.to;
    // A part of a text names nothing, and empty text stands for no record.
    if (!to || operator === 'contains') return [];
    return [{ at: part, refs: values.filter((value) => value !== ''), kinds: to }];
  });
  const named: NamedRecords[] = [
    ...(system ? [{ at: 'system', refs: [system.ref], kinds: ['system'] }] : []),
    ...(linked ? [{ at: 'linked', refs: [linked.ref], kinds: null }] : []),
    ...naming,
  ];
  const idOf = await resolveRefs(reader, actor, named);
  const filters = await Promise.all(
    asked.filters.map(
      async ({ operator, ...filter }): Promise<Filter> =>
        operator === 'within'
          ? { ...filter, operator: 'is', values: await unitsWithin(reader, filter.values) }
          : { ...filter, operator },
    ),
  );
  const resolved = filters.map((filter) => {
    if (!relation(filter.part) || filter.operator === 'contains') return filter;
    return { ...filter, values: filter.values.map((value) => (value === '' ? value : idOf(value))) };
  });
  return {
    ...asked,
    filters: resolved,
    system: system && idOf(system.ref),
    linked: linked && idOf(linked.ref),
  };
}

const acts = ['set', 'add', 'remove'] as const;

/**
 * A patch with ids in place of refs. Ids stay as they are: `decideEdit` judges whether they are there. A patch without
 * refs asks nothing.
 */
export async function resolveLinks(reader: Reader, actor: Actor, kind: Kind, patch: Patch): Promise<Patch> {
  const named = Object.entries(patch.links ?? {}).flatMap(([name, change]) => {
    const relation = Object.hasOwn(kind.relations, name) ? kind.relations[name] : undefined;
    const refs = acts.flatMap((act) => change[act] ?? []).filter((ref) => !isId(ref));
    return relation && refs.length > 0 ? [{ at: `links.${name}`, refs, kinds: relation.to }] : [];
  });
  if (named.length === 0) return patch;
  const idOf = await resolveRefs(reader, actor, named);
  const resolved = new Set(named.map(({ at }) => at));
  const withIds = (change: LinkPatch): LinkPatch =>
    Object.fromEntries(
      acts.flatMap((act) => {
        const refs = change[act];
        return refs ? [[act, refs.map((ref) => (isId(ref) ? ref : idOf(ref)))]] : [];
      }),
    );
  const links = Object.entries(patch.links ?? {}).map(([name, change]): [string, LinkPatch] => [
    name,
    resolved.has(`links.${name}`) ? withIds(change) : change,
  ]);
  return { ...patch, links: Object.fromEntries(links) };
}
