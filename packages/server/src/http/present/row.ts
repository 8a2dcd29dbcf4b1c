import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { AsOfWire, CountWire, RegisterWire, RowWire } from '@throughline/domain/wire.ts';
import type { AsOf, Count, Page } from '../../records/list-records.ts';
import type { RowNames } from '../../records/names.ts';
import type { Services } from '../../services.ts';
import type { ListRow } from '../../store/list.ts';
import { approvalStatus } from './approval.ts';
import { linksWire } from './record.ts';
import { refWire } from './ref.ts';

export type Columns = { readonly fields: readonly string[]; readonly relations: readonly string[] };

/** The columns asked for by name, or those of the declaration; names that are no column are left to the caller to refuse. */
export function columnsOf(
  kind: Kind,
  asked: string | undefined,
): Columns & { readonly unknown: readonly string[] } {
  const names = asked
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (!names) {
    const shown = Object.entries(kind.fields).filter(([, field]) => field.column);
    return { fields: [...new Set([kind.title, ...shown.map(([name]) => name)])], relations: [], unknown: [] };
  }
  const always = ['ref', 'title', 'state', 'updated', 'gaps', 'line', 'approval', 'version'];
  return {
    fields: names.filter((name) => Object.hasOwn(kind.fields, name)),
    relations: names.filter((name) => Object.hasOwn(kind.relations, name)),
    unknown: names.filter(
      (name) =>
        !Object.hasOwn(kind.fields, name) && !Object.hasOwn(kind.relations, name) && !always.includes(name),
    ),
  };
}

export function rowWire(registry: Registry, row: ListRow, columns: Columns, names: RowNames): RowWire {
  const standing = names.standings.get(row.id);
  const links = Object.fromEntries(
    columns.relations.flatMap((name) => {
      const ids = row.content.links[name];
      return ids ? [[name, ids]] : [];
    }),
  );
  return {
    ...refWire(registry, { ...row, archived: row.archivedAt !== null }),
    version: row.version,
    fields: Object.fromEntries(
      columns.fields.flatMap((name) => {
        const value = row.content.fields[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    ...(columns.relations.length > 0 ? { links: linksWire(registry, links, names.refs) } : {}),
    ...(standing ? { approval: approvalStatus(standing) } : {}),
    updatedAt: row.updatedAt.toISOString(),
    ...(row.line ? { line: row.line } : {}),
  };
}

/** `GET /{collection}`: one page of a register. */
export function registerWire(registry: Registry, page: Page, columns: Columns): RegisterWire {
  return {
    items: page.rows.map((row) => rowWire(registry, row, columns, page.names)),
    ...(page.next === null ? {} : { next: page.next }),
    members: Object.fromEntries(page.names.members),
    ...asOfWire(page.asOf),
  };
}

/** `GET /{collection}/count`: how many match. */
export function countWire({ catalogue }: Services, { total, gapsByStation, asOf }: Count): CountWire {
  if (gapsByStation === null) return { total, ...asOfWire(asOf) };
  return {
    total,
    gapsByStation: catalogue.stations.stations.map((station) => gapsByStation.get(station.id) ?? 0),
  };
}

function asOfWire(asOf: AsOf): { asOf?: AsOfWire } {
  return asOf === null ? {} : { asOf: { at: asOf.at.toISOString(), index: asOf.index } };
}
