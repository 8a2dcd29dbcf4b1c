import { type ErrorItem, unprocessable } from '../errors.ts';
import { isObject, type Json, sameJson } from '../json.ts';
import { shown } from '../text.ts';
import type { RowsField } from './fields.ts';
import type { Content, Kind, Relation } from './kind.ts';
import { isId, readValue } from './values.ts';

/** What a client may send: fields to set (`null` clears), links to set, add or take away, by relation. */
export type Patch = {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly links?: Readonly<Record<string, LinkPatch>>;
  /** An act of its own writes: never of what a client sent as fields. */
  readonly byAct?: true;
  /** A field that the step taken in the same change says: never of what a client sent. */
  readonly saidByStep?: string;
  /** Takes back the newest change, and nothing else: never of what a client sent as fields. */
  readonly undoing?: true;
  /** What the order of an edit is held against, where that is not what stands: never of what a client sent. */
  readonly after?: Content;
};
export type LinkPatch = {
  readonly set?: readonly string[];
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
};

/** What the store knows of a link's target. A target that is not in the map does not exist for the caller. */
export type Target = { readonly kind: string; readonly archived: boolean };

export type Edit = {
  readonly next: Content;
  /** Names of fields and relations whose value differs from before. */
  readonly changed: readonly string[];
  /** Those of them that the declaration calls material: the edit is a significant change. */
  readonly material: readonly string[];
};

/** Who is who, and whom earlier versions named, by field or column: two members may be one person. */
export type People = {
  readonly same: (one: string, other: string) => boolean;
  readonly before?: Readonly<Record<string, readonly string[]>>;
};
/** Without more being known, a member is a person of their own. */
export const membersAlone: People = { same: (one, other) => one === other };

export const emptyContent: Content = { fields: {}, links: {} };
const maxLinks = 500;

/**
 * The ids that a patch names as targets: what has to be looked up before the edit can be decided. Refs below a relation
 * that the kind does not have stay refs, and are no ids to look up: `decideEdit` refuses their relation by name.
 */
export function targetsOf(patch: Patch): string[] {
  const named = Object.values(patch.links ?? {}).flatMap(({ set = [], add = [] }) => [...set, ...add]);
  return [...new Set(named.filter(isId))];
}

/**
 * The one decision about content: it serves create, edit, bulk, import, link and undo. Reads the patch against the
 * declaration, applies it to what stands, and says what changed. Throws `unprocessable` with one item per field.
 */
export function decideEdit(
  kind: Kind,
  before: Content,
  patch: Patch,
  targets: ReadonlyMap<string, Target>,
  people: People = membersAlone,
): Edit {
  const problems: ErrorItem[] = [];
  const fields = applyFields(kind, before, patch, problems);
  const links = applyLinks(kind, before, patch, targets, problems);
  const derived = kind.derive?.({ fields, links }) ?? {};
  const next: Content = { fields: withoutEmpty({ ...fields, ...derived }), links };
  refuseDerived(kind, patch, fields, next, problems);
  if (!patch.byAct) refuseOfActs(kind, before, next, problems, patch.saidByStep);
  if (problems.length === 0) demand(kind, next, problems);
  const changed = changedParts(before, next);
  if (problems.length === 0)
    problems.push(
      ...inOneHand(kind, next, changed, people),
      ...outOfOrder(kind, patch.after ?? before, next, patch.undoing),
    );
  if (problems.length > 0) throw unprocessable(problems);
  return { next, changed, material: changed.filter((name) => kind.material.includes(name)) };
}

function applyFields(kind: Kind, before: Content, patch: Patch, problems: ErrorItem[]): Record<string, Json> {
  const fields: Record<string, Json> = { ...before.fields };
  for (const [name, value] of Object.entries(patch.fields ?? {})) {
    const field = Object.hasOwn(kind.fields, name) ? kind.fields[name] : undefined;
    if (!field) {
      problems.push({
        at: `fields.${shown(name)}`,
        message: `${kind.label} has no field "${shown(name)}".`,
      });
      continue;
    }
    const read = readValue(field, value);
    if ('problem' in read)
      problems.push({ at: `fields.${name}`, message: `${field.label}: ${read.problem}` });
    else if (read.value === null) delete fields[name];
    else fields[name] = read.value;
  }
  return fields;
}

function applyLinks(
  kind: Kind,
  before: Content,
  patch: Patch,
  targets: ReadonlyMap<string, Target>,
  problems: ErrorItem[],
): Record<string, readonly string[]> {
  const links: Record<string, readonly string[]> = { ...before.links };
  for (const [name, change] of Object.entries(patch.links ?? {})) {
    const relation = Object.hasOwn(kind.relations, name) ? kind.relations[name] : undefined;
    const say = (message: string) => problems.push({ at: `links.${shown(name)}`, message });
    if (!relation) say(`${kind.label} has no relation "${shown(name)}".`);
    else if (!isLinkPatch(change))
      say(`${relation.label}: say what to set, add or remove, as lists of record ids.`);
    else {
      const wanted = wantedLinks(before.links[name] ?? [], change);
      for (const problem of linkProblems(relation, wanted, before.links[name] ?? [], targets)) say(problem);
      if (wanted.length === 0) delete links[name];
      else links[name] = wanted;
    }
  }
  return links;
}

/** What is worked out cannot be set by hand; saying what comes out anyway is no quarrel (undo, whole-record writes). */
function refuseDerived(
  kind: Kind,
  patch: Patch,
  wanted: Readonly<Record<string, Json>>,
  next: Content,
  problems: ErrorItem[],
): void {
  for (const name of Object.keys(patch.fields ?? {})) {
    const field = Object.hasOwn(kind.fields, name) ? kind.fields[name] : undefined;
    if (field?.derived && !sameJson(wanted[name], next.fields[name]))
      problems.push({ at: `fields.${name}`, message: `${field.label} is worked out from other fields.` });
  }
}

/** What somebody does on a day, or what is counted, is not typed in: the act says who, when and on what. */
function refuseOfActs(
  kind: Kind,
  before: Content,
  next: Content,
  problems: ErrorItem[],
  said?: string,
): void {
  for (const [name, { label, byAct }] of Object.entries(kind.fields))
    if (byAct && name !== said && !sameJson(before.fields[name] ?? null, next.fields[name] ?? null))
      problems.push({ at: `fields.${name}`, message: `${label} is written by an act of its own.` });
  for (const [name, { label, byAct }] of Object.entries(kind.relations))
    if (byAct && !sameJson(before.links[name] ?? [], next.links[name] ?? []))
      problems.push({ at: `links.${name}`, message: `${label} is written by an act of its own.` });
  for (const [name, field] of Object.entries(kind.fields))
    if (field.type === 'rows') problems.push(...cellsOfActs(name, field, before, next));
}

/** The same of columns: rows go and are put in another order, and what such cells say together was written by the act. */
function cellsOfActs(name: string, { columns }: RowsField, before: Content, next: Content): ErrorItem[] {
  const locked = Object.keys(columns).filter((column) => columns[column]?.byAct);
  const rows = ({ fields }: Content): Json[] => {
    const value = fields[name];
    return Array.isArray(value) ? value : [];
  };
  const cells = (row: Json): Json => locked.map((column) => (isObject(row) ? (row[column] ?? null) : null));
  const written = [locked.map(() => null), ...rows(before).map(cells)];
  const at = rows(next).findIndex((row) => !written.some((one) => sameJson(one, cells(row))));
  if (locked.length === 0 || at < 0) return [];
  const labels = locked.map((column) => `“${columns[column]?.label ?? column}”`).join(', ');
  return [{ at: `fields.${name}`, message: `Row ${at + 1}: ${labels} are written by an act of its own.` }];
}

function isLinkPatch(value: unknown): value is LinkPatch {
  if (!isObject(value)) return false;
  return Object.entries(value).every(
    ([key, ids]) =>
      ['set', 'add', 'remove'].includes(key) &&
      (ids === undefined || (Array.isArray(ids) && ids.every(isId))),
  );
}

function wantedLinks(before: readonly string[], change: LinkPatch): string[] {
  const start = change.set ?? before;
  const removed = new Set(change.remove ?? []);
  return [...new Set([...start, ...(change.add ?? [])])].filter((id) => !removed.has(id)).sort();
}

function linkProblems(
  relation: Relation,
  wanted: readonly string[],
  before: readonly string[],
  targets: ReadonlyMap<string, Target>,
): string[] {
  const problems: string[] = [];
  if (!relation.many && wanted.length > 1) problems.push(`${relation.label}: one record only.`);
  if (!relation.byAct && wanted.length > maxLinks)
    problems.push(`${relation.label}: ${maxLinks} records is the most.`);
  for (const id of wanted.filter((id) => !before.includes(id))) {
    const target = targets.get(id);
    if (!target) problems.push(`${relation.label}: there is no record ${id} that you can see.`);
    else if (!relation.to.includes(target.kind)) {
      problems.push(`${relation.label}: this is a ${target.kind}; it takes ${relation.to.join(' or ')}.`);
    } else if (target.archived) problems.push(`${relation.label}: that record is archived.`);
  }
  return problems;
}

/** What a record must have to be kept at all, and what it may not say at once. */
function demand(kind: Kind, next: Content, problems: ErrorItem[]): void {
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.required && !(name in next.fields))
      problems.push({ at: `fields.${name}`, message: `${field.label} is needed.` });
  }
  for (const [name, relation] of Object.entries(kind.relations)) {
    if (relation.required && !next.links[name]?.length)
      problems.push({ at: `links.${name}`, message: `${relation.label} is needed.` });
  }
  const parents = Object.entries(kind.relations).filter(
    ([name, r]) => r.type === 'within' && next.links[name]?.length,
  );
  if (parents.length > 1) {
    const labels = parents.map(([, r]) => r.label).join(' and ');
    problems.push({
      at: `links.${parents[1]?.[0]}`,
      message: `${kind.label} belongs to one place; this names ${labels}.`,
    });
  }
  for (const [name, message] of Object.entries(kind.guard?.(next) ?? {}))
    problems.push({ at: `fields.${name}`, message });
}

function outOfOrder(kind: Kind, before: Content, next: Content, undoing?: boolean): ErrorItem[] {
  const said = Object.entries(kind.sequence?.(before, next, undoing) ?? {});
  return said.map(([name, message]) => ({ at: `fields.${name}`, message }));
}

/**
 * Duties of the record that lie in one hand. One member in both places is never kept; that two members are one person is
 * asked where the edit names one of them, so that what was declared since stands in the way of nothing else.
 */
function inOneHand(kind: Kind, next: Content, changed: readonly string[], people: People): ErrorItem[] {
  return (kind.apart ?? []).flatMap(({ field, from, say, past }) => {
    const [judge] = membersAt(next.fields, field);
    if (judge === undefined) return [];
    const named = changed.includes(field) || from.some((name) => changed.includes(name.split('.')[0] ?? ''));
    const doers = from.flatMap((name) => membersAt(next.fields, name));
    const before = past && named ? from.flatMap((name) => people.before?.[name] ?? []) : [];
    const hit = doers.some((one) => one === judge || (named && people.same(one, judge)));
    return hit || before.some((one) => people.same(one, judge))
      ? [{ at: `fields.${field}`, message: say }]
      : [];
  });
}

/** Members in a field, or in a column of its rows (`actions.owner`). */
function membersAt(fields: Content['fields'], name: string): string[] {
  const [field = '', column] = name.split('.');
  const value = fields[field];
  if (column === undefined) return typeof value === 'string' ? [value] : [];
  const rows = Array.isArray(value) ? value : [];
  return rows.flatMap((row) => (isObject(row) && typeof row[column] === 'string' ? [row[column]] : []));
}

/** Fields and relations that differ between two contents, in a stable order. */
export function changedParts(before: Content, next: Content): string[] {
  const differ = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>) =>
    [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !sameJson(a[name], b[name]));
  return [...differ(before.fields, next.fields), ...differ(before.links, next.links)].sort();
}

function withoutEmpty(fields: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}
