import { DomainError, unprocessable } from '../errors.ts';
import type { Json } from '../json.ts';
import { bringingInObstacle, refuseSettled, stepBetween } from '../kinds/beginning.ts';
import { decideEdit, emptyContent, type Patch, type People, type Target } from '../kinds/edit.ts';
import { refuseFixed } from '../kinds/fixed.ts';
import type { Content, Kind } from '../kinds/kind.ts';
import { linksElsewhere } from '../kinds/own-system.ts';
import { shown } from './coerced.ts';
import { type Formation, formedFields } from './formation.ts';
import type { KeyedRow } from './identity.ts';
import type { CellReport, ParsedRow } from './parse-row.ts';
import { moveObstacle } from './state-move.ts';

/** A record that an earlier import of the source made or changed, as it stands now. */
export type Existing = {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly state: string;
  readonly archived: boolean;
  readonly content: Content;
  readonly system: string | null;
  /** What the latest import of the source left behind. A part that differs since then was changed by a person. */
  readonly base: { readonly content: Content; readonly state: string } | null;
};

/** A record that a cell names by ref or by external key. */
export type Named = Target & {
  readonly id: string;
  readonly system: string | null;
  /** The row of the file that makes or changes it, where it is one. */
  readonly row?: number;
};

export type Change = { readonly part: string; readonly before: Json; readonly after: Json };

export type PlannedRecord = {
  readonly kind: Kind;
  readonly key: string;
  readonly id: string;
  readonly before: Existing | null;
  readonly next: Content;
  readonly state: string;
  readonly changed: readonly string[];
  readonly material: boolean;
  readonly changes: readonly Change[];
  /** Home system as the links say; `null` for what belongs to none. */
  readonly system: string | null;
};

export type Outcome = 'added' | 'changed' | 'unchanged' | 'rejected';

export type PlannedRow = {
  readonly row: number;
  readonly key: string | null;
  readonly title: string;
  readonly outcome: Outcome;
  /** The row's own record, and before it the one that it forms. */
  readonly records: readonly PlannedRecord[];
  readonly ref: string | null;
  readonly changes: readonly Change[];
  readonly reports: readonly CellReport[];
  /** Why the row is rejected. */
  readonly reason: string | null;
};

export type PlanFacts = {
  readonly kind: Kind;
  readonly formation: Formation | null;
  readonly formedKind: Kind | null;
  /** Records of the source by key, and the formed ones by the same key. */
  readonly existing: ReadonlyMap<string, Existing>;
  readonly formed: ReadonlyMap<string, Existing>;
  /** What cells of relations name, by the cell's text. Several for a text that more than one record answers to. */
  readonly named: ReadonlyMap<string, readonly Named[]>;
  /** Records of rows that are rejected: nothing can point at them. */
  readonly refused?: ReadonlySet<string>;
  /** The id of the row's own record or of the one it forms, so that rows can point at each other in any order. */
  readonly idOf: (key: string, what: 'own' | 'formed') => string;
  /** The organisation's day on which the file is read. */
  readonly today: string;
  /** Who is who: without it, members are compared. */
  readonly people?: People;
  /** The file's heading by what the column goes to. */
  readonly headings?: ReadonlyMap<string, string>;
};

/**
 * Decides one row: what it adds or changes, part by part. Only what the file says anew is written: a part that the file
 * states as it did last time stays as people have changed it since. A row that cannot be kept whole is rejected whole.
 */
export function planRow(keyed: KeyedRow, facts: PlanFacts): PlannedRow {
  const { parsed, key } = keyed;
  const before = facts.existing.get(key) ?? null;
  const title = titleOf(facts.kind, parsed, before);
  const reports = [...parsed.reports];
  if (before?.archived) {
    const message = 'The record is archived; the import leaves it as it is.';
    reports.push({ row: parsed.row, column: '', raw: title, parsed: null, message, rejected: false });
    return {
      row: parsed.row,
      key,
      title,
      outcome: 'unchanged',
      records: [],
      ref: before.ref,
      changes: [],
      reports,
      reason: null,
    };
  }
  try {
    const formed = planFormed(keyed, facts, reports);
    const own = planOwn(keyed, before, formed, facts, reports);
    const records = formed ? [formed, own] : [own];
    const changes = [
      ...own.changes,
      ...(formed?.changes ?? []).map((one) => ({ ...one, part: `${facts.formation?.relation}.${one.part}` })),
    ];
    const outcome: Outcome = !before ? 'added' : changes.length > 0 ? 'changed' : 'unchanged';
    return {
      row: parsed.row,
      key,
      title,
      outcome,
      records,
      ref: before?.ref ?? null,
      changes,
      reports,
      reason: null,
    };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'unprocessable') throw error;
    return rejectedRow(parsed, key, title, error.items.map((item) => item.message).join(' '));
  }
}

export function rejectedRow(
  parsed: ParsedRow,
  key: string | null,
  title: string,
  reason: string,
): PlannedRow {
  return {
    row: parsed.row,
    key,
    title,
    outcome: 'rejected',
    records: [],
    ref: null,
    changes: [],
    reports: parsed.reports,
    reason,
  };
}

export function titleOf(kind: Kind, parsed: ParsedRow, before: Existing | null): string {
  return String(parsed.fields[kind.title] ?? before?.title ?? kind.label);
}

function planFormed(keyed: KeyedRow, facts: PlanFacts, reports: CellReport[]): PlannedRecord | null {
  const { formation, formedKind } = facts;
  const before = facts.formed.get(keyed.key) ?? null;
  if (!formation || !formedKind || before?.archived) return null;
  // The use case was given to another system by a person: what the row formed is no longer its own.
  const own = facts.existing.get(keyed.key);
  if (own && before && !own.content.links[formation.relation]?.includes(before.id)) return null;
  if (own && !before) return null;
  const fields = formedFields(formation, formedKind, keyed.parsed.fields);
  return planRecord(
    formedKind,
    keyed,
    before,
    { fields, links: {}, state: keyed.parsed.formedState },
    facts,
    reports,
    new Map(),
  );
}

function planOwn(
  keyed: KeyedRow,
  before: Existing | null,
  formed: PlannedRecord | null,
  facts: PlanFacts,
  reports: CellReport[],
): PlannedRecord {
  const targets = new Map<string, Named>();
  const links: Record<string, readonly string[]> = {};
  for (const [relation, texts] of Object.entries(keyed.parsed.links)) {
    const found = resolve(keyed.parsed, relation, texts, facts, reports);
    if (!found) continue;
    // In the order in which content keeps them, so that the same cell says the same the next time.
    links[relation] = [...new Set(found.map((one) => one.id))].sort();
    for (const one of found) targets.set(one.id, one);
  }
  if (formed && !before && facts.formation) {
    links[facts.formation.relation] = [formed.id];
    targets.set(formed.id, { id: formed.id, kind: formed.kind.name, archived: false, system: formed.id });
  }
  return planRecord(
    facts.kind,
    keyed,
    before,
    { fields: keyed.parsed.fields, links, state: keyed.parsed.state },
    facts,
    reports,
    targets,
  );
}

/** The records that a cell names, or nothing when one of them cannot be told: then the links stay as they are. */
function resolve(
  parsed: ParsedRow,
  relation: string,
  texts: readonly string[],
  facts: PlanFacts,
  reports: CellReport[],
): Named[] | undefined {
  const column = facts.headings?.get(relation) ?? facts.kind.relations[relation]?.label ?? relation;
  const kinds = facts.kind.relations[relation]?.to ?? [];
  const found: Named[] = [];
  for (const text of texts) {
    const fitting = (facts.named.get(text) ?? []).filter((one) => kinds.includes(one.kind));
    const [one] = fitting;
    const problem = whyNot(parsed, fitting, facts);
    if (one && problem === undefined) found.push(one);
    else {
      const message = `${shown(text)} ${problem}`;
      reports.push({ row: parsed.row, column, raw: text, parsed: null, message, rejected: true });
      return undefined;
    }
  }
  return found;
}

/** Why what a cell names cannot be linked to; nothing when it is one record and can. */
function whyNot(parsed: ParsedRow, fitting: readonly Named[], facts: PlanFacts): string | undefined {
  const [one] = fitting;
  if (!one) return 'names no record here.';
  if (fitting.length > 1) {
    const rows = fitting.flatMap(({ row }) => row ?? []);
    if (rows.length === 0) return 'names more than one record.';
    const others = fitting.length > rows.length ? ' and a record that stands already' : '';
    return `names more than one record: row ${rows.slice(0, 5).join(', row ')}${rows.length > 5 ? ' and more' : ''}${others}.`;
  }
  if (one.row === parsed.row && one.kind === facts.kind.name) return 'names the row itself.';
  return facts.refused?.has(one.id) ? `names row ${one.row}, which is rejected.` : undefined;
}

type Said = {
  readonly fields: Readonly<Record<string, Json>>;
  readonly links: Readonly<Record<string, readonly string[]>>;
  readonly state: string | undefined;
};

function planRecord(
  kind: Kind,
  keyed: KeyedRow,
  before: Existing | null,
  said: Said,
  facts: PlanFacts,
  reports: CellReport[],
  targets: ReadonlyMap<string, Named>,
): PlannedRecord {
  const start = before?.content ?? emptyContent;
  const base = before ? (before.base?.content ?? before.content) : emptyContent;
  const patch: Patch = {
    // A file says of what it brings in how things stood elsewhere; what stands here is changed by acts.
    ...(before ? {} : { byAct: true }),
    fields: onlyNew(said.fields, base.fields),
    links: Object.fromEntries(
      Object.entries(onlyNew(said.links, base.links, [])).map(([name, ids]) => [name, { set: ids }]),
    ),
  };
  const edit = decideEdit(kind, start, patch, targets, facts.people);
  const system = homeOf(kind, edit.next, before, targets);
  const elsewhere = linksElsewhere(kind, { before: start, next: edit.next, system }, targets);
  if (elsewhere.length > 0) throw unprocessable(elsewhere);
  if (before) refuseSettled(kind, before.state, start, edit);
  const state = stateAfter(kind, keyed, before, { state: said.state, content: edit.next }, facts, reports);
  if (before) refuseFixed(kind, before.state, edit.changed, stepTaken(kind, before.state, state));
  const changes: Change[] = edit.changed.map((part) => ({
    part,
    before: start.fields[part] ?? start.links[part] ?? null,
    after: edit.next.fields[part] ?? edit.next.links[part] ?? null,
  }));
  if (before && state !== before.state) changes.push({ part: 'state', before: before.state, after: state });
  return {
    kind,
    key: keyed.key,
    id: facts.idOf(keyed.key, kind === facts.kind ? 'own' : 'formed'),
    before,
    next: edit.next,
    state,
    changed: edit.changed,
    material: edit.material.length > 0,
    changes,
    system,
  };
}

/** What the file says that it did not say last time. `null` and empty lists say that nothing is there. */
function onlyNew<V>(
  said: Readonly<Record<string, V>>,
  base: Readonly<Record<string, V>>,
  nothing?: V,
): Record<string, V> {
  const same = (a: unknown, b: unknown) =>
    JSON.stringify(a ?? nothing ?? null) === JSON.stringify(b ?? nothing ?? null);
  return Object.fromEntries(Object.entries(said).filter(([name, value]) => !same(value, base[name])));
}

/**
 * A file says of what it brings in how things stood elsewhere. What stands here goes on by its steps alone, whoever brought
 * it in: the state follows the file where a step leads there that a file may take, and is left else, with why.
 */
function stateAfter(
  kind: Kind,
  keyed: KeyedRow,
  before: Existing | null,
  { state: said, content }: { readonly state: string | undefined; readonly content: Content },
  facts: PlanFacts,
  reports: CellReport[],
): string {
  const { initial, mayBeBroughtIn } = kind.lifecycle;
  const stands = before?.state ?? initial;
  const lastSaid = before ? (before.base?.state ?? before.state) : undefined;
  if (said === undefined || said === stands || said === lastSaid) return stands;
  const lacks = before
    ? moveObstacle(kind, stands, said, content, facts.today)
    : mayBeBroughtIn
      ? bringingInObstacle(kind, said, content, facts.today)
      : 'steps on the record itself lead to the others.';
  if (lacks === undefined) return said;
  reports.push(stateLeft(kind, keyed.parsed.row, { stands, said }, lacks, facts));
  return stands;
}

const stepTaken = (kind: Kind, from: string, to: string): string | undefined =>
  from === to ? undefined : stepBetween(kind, from, to);

/** That a state of the file is not taken, of which record of the row, and why. */
export function stateLeft(
  kind: Kind,
  row: number,
  { stands, said }: { readonly stands: string; readonly said: string },
  why: string,
  { kind: own, headings }: Pick<PlanFacts, 'kind' | 'headings'>,
): CellReport {
  const label = (state: string) => kind.lifecycle.states[state]?.label ?? state;
  const what = kind.name === own.name ? 'It' : `Its ${kind.label}`;
  return {
    row,
    column: headings?.get('state') ?? kind.lifecycle.label ?? 'State',
    raw: label(said),
    parsed: stands,
    message: `${what} stays at "${label(stands)}": ${why}`,
    rejected: true,
  };
}

function homeOf(
  kind: Kind,
  next: Content,
  before: Existing | null,
  targets: ReadonlyMap<string, Named>,
): string | null {
  const parent = Object.entries(kind.relations)
    .filter(([, relation]) => relation.type === 'within')
    .flatMap(([name]) => next.links[name] ?? [])[0];
  if (parent === undefined) return null;
  const target = targets.get(parent);
  if (!target) return before?.system ?? null;
  return target.kind === 'system' ? target.id : target.system;
}
