import type { Registry } from '@throughline/domain/registry.ts';
import type { RefWire } from '@throughline/domain/wire.ts';
import type { RefRow } from '../../store/records.ts';

/** A record as others point at it. */
export function refWire(
  registry: Registry,
  row: Omit<RefRow, 'archived'> & { readonly archived?: boolean },
): RefWire {
  return {
    id: row.id,
    ref: `${registry.get(row.kind).prefix}-${row.number}`,
    kind: row.kind,
    title: row.title,
    state: row.state,
    ...(row.archived ? { archived: true } : {}),
  };
}
