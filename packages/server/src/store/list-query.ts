import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { OwnScope } from '@throughline/domain/permissions.ts';
import type { RatedFilter } from '@throughline/domain/risk/rated-filter.ts';

/** One condition of a register: a part of the kind, an operator, operands as the wire gave them. */
export type Filter = {
  /** A field, a single relation, `state`, `title` or `owner` that the kind's index names. */
  readonly part: string;
  readonly operator: 'is' | 'not' | 'empty' | 'filled' | 'contains' | 'before' | 'after';
  readonly values: readonly string[];
};

export type Sort = { readonly by: string; readonly descending: boolean };

export type ListQuery = {
  readonly kind: Kind;
  readonly words: string | null;
  readonly filters: readonly Filter[];
  readonly sort: Sort;
  readonly limit: number;
  readonly cursor: Cursor | null;
  readonly archived: 'no' | 'only' | 'any';
  /** Only records of this home system. */
  readonly system: string | null;
  /** Only records that point at this one. */
  readonly linked: string | null;
  /** Only records that somebody answers for: theirs, of their systems, or given to them. */
  readonly mine?: readonly OwnScope[] | null;
  /** Systems only: with any gap, with none, or with a gap at one station. */
  readonly gap: string | null;
  /** Risks only: those that are rated so. */
  readonly rated?: RatedFilter;
  /** The place in the log at which the register is looked at; `null` for now. */
  readonly index: number | null;
  /** Records that changed since that place, where they are few enough to be named: all others stand as they stood. */
  readonly changed: readonly string[] | null;
};

/** Where a page ended: the sort key of its last row and that row's id. */
export type Cursor = { readonly key: string | number | null; readonly id: string };

/** Names that every kind can be sorted by beside its own index. */
export const commonSorts = ['ref', 'updated'] as const;

export function sortsOf(kind: Kind): string[] {
  return [...commonSorts, ...kind.index, ...(kind.name === 'system' ? ['gaps'] : [])];
}

/** The slot column (`k1` …) of an indexed part; nothing when the part is not indexed. */
export function slotColumn(kind: Kind, part: string): SlotColumn | undefined {
  const position = kind.index.indexOf(part);
  return position < 0 ? undefined : slotColumns[position];
}

export const slotColumns = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8'] as const;
export type SlotColumn = (typeof slotColumns)[number];
