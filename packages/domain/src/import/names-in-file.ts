import type { Kind } from '../kinds/kind.ts';
import type { Formation } from './formation.ts';
import type { Identified, KeyedRow } from './identity.ts';
import { type Existing, type Named, type PlanFacts, type PlannedRow, planRow } from './plan.ts';
import { trimmed } from './words.ts';

/** A record that a row of the file makes or changes, as other rows of the file may name it. */
export type NamedRow = Named & {
  /** As a spreadsheet numbers it. */
  readonly row: number;
};

export type FileFacts = {
  readonly kind: Kind;
  readonly formation: Formation | null;
  readonly formedKind: Kind | null;
  readonly existing: ReadonlyMap<string, Existing>;
  readonly formed: ReadonlyMap<string, Existing>;
  /** The record's id, whether it stands already or is still to be made. */
  readonly idOf: (key: string, what: 'own' | 'formed') => string;
};

/** Names that differ only by case and white space are one name: two rows that share it are told by neither. */
function folded(name: string): string {
  return trimmed(name).replace(/\s+/g, ' ').normalize('NFKC').toLowerCase();
}

/**
 * Looks up rows of the same file, wherever they stand in it, by what a cell of a relation says: the row's key as it is
 * written, or its title. A title names within one file only, because only there somebody wrote both; between files
 * and the register two things of one name stay two.
 */
export function namesInFile(
  { rows, refused }: Identified,
  facts: FileFacts,
): (text: string) => readonly NamedRow[] {
  const byKey = Map.groupBy(
    rows.filter(({ parsed }) => parsed.key !== undefined),
    ({ parsed }) => parsed.key ?? '',
  );
  const byTitle = Map.groupBy(rows, ({ parsed, key }) =>
    folded(String(parsed.fields[facts.kind.title] ?? facts.existing.get(key)?.title ?? '')),
  );
  const twins = Map.groupBy(refused, ({ parsed }) => parsed.key ?? '');
  const found = new Map<string, readonly NamedRow[]>();
  return (text) => {
    const before = found.get(text);
    if (before) return before;
    const title = folded(text);
    const named = [...(byKey.get(trimmed(text)) ?? []), ...(title === '' ? [] : (byTitle.get(title) ?? []))];
    const targets = [
      ...[...new Set(named)].flatMap((row) => targetsOf(row, facts)),
      ...(twins.get(trimmed(text)) ?? []).map(({ parsed }) => twinOf(parsed.row, facts)),
    ];
    found.set(text, targets);
    return targets;
  };
}

/** A row that shares its key with an earlier one makes no record, and keeps the key from naming either. */
function twinOf(row: number, facts: FileFacts): NamedRow {
  return { id: `row ${row}`, kind: facts.kind.name, archived: false, system: null, row };
}

function targetsOf({ parsed: { row }, key }: KeyedRow, facts: FileFacts): NamedRow[] {
  const stands = facts.existing.get(key);
  const own: NamedRow = {
    id: facts.idOf(key, 'own'),
    kind: facts.kind.name,
    archived: stands?.archived ?? false,
    system: facts.kind.name === 'system' ? facts.idOf(key, 'own') : (stands?.system ?? null),
    row,
  };
  const { formation, formedKind } = facts;
  const formed = facts.formed.get(key);
  // A record that came before without forming another forms none now (see `planRow`).
  if (!formation || !formedKind || (stands && !formed)) return [own];
  const id = facts.idOf(key, 'formed');
  return [own, { id, kind: formedKind.name, archived: formed?.archived ?? false, system: id, row }];
}

export type Planned = { readonly keyed: KeyedRow; readonly row: PlannedRow };

/**
 * Plans again the rows that point at a row that is rejected, until no more fall: a record that is not made cannot be
 * pointed at. A row is rejected with its target only where its kind demands the link.
 */
export function withoutRefused(planned: readonly Planned[], facts: PlanFacts): PlannedRow[] {
  const rows = planned.map(({ row }) => row);
  const linked = planned.flatMap(({ keyed }, at) =>
    Object.keys(keyed.parsed.links).length > 0 ? [{ keyed, at }] : [],
  );
  for (let before = -1, refused = refusedOf(planned, rows, facts); refused.size > before; ) {
    before = refused.size;
    if (before === 0) break;
    for (const { keyed, at } of linked)
      if (pointsAt(keyed, refused, facts)) rows[at] = planRow(keyed, { ...facts, refused });
    refused = refusedOf(planned, rows, facts);
  }
  return rows;
}

function refusedOf(
  planned: readonly Planned[],
  rows: readonly PlannedRow[],
  facts: PlanFacts,
): ReadonlySet<string> {
  return new Set(
    planned.flatMap(({ keyed: { key } }, at) =>
      rows[at]?.outcome !== 'rejected' || facts.existing.has(key)
        ? []
        : [facts.idOf(key, 'own'), facts.idOf(key, 'formed')],
    ),
  );
}

function pointsAt({ parsed }: KeyedRow, refused: ReadonlySet<string>, facts: PlanFacts): boolean {
  return Object.values(parsed.links)
    .flat()
    .some((text) => facts.named.get(text)?.some((one) => refused.has(one.id)));
}
