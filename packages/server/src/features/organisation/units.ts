import type { UnitsWire } from '@throughline/domain/wire-pages.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../../store/reading.ts';
import { type UnitRow, unitRows } from '../../store/units.ts';

/** The units of the organisation as its systems name them, with how many do: a tree of two levels. */
export async function readUnits({ store }: Services, who: Asker): Promise<UnitsWire> {
  const rows = await store.read(who, unitRows);
  const byName = Map.groupBy(rows, ({ unit }) => unit);
  const count = (some: readonly UnitRow[]) => some.reduce((sum, { systems }) => sum + systems, 0);
  return {
    items: [...byName]
      .flatMap(([name, some]) => (name === null ? [] : [{ name, some }]))
      .map(({ name, some }) => ({
        name,
        codes: distinct(some.map(({ code }) => code)),
        systems: count(some),
        subUnits: [...Map.groupBy(some, ({ sub_unit: sub }) => sub)].flatMap(([sub, of]) =>
          sub === null ? [] : [{ name: sub, systems: count(of) }],
        ),
      })),
    without: count(byName.get(null) ?? []),
  };
}

const distinct = (codes: readonly (string | null)[]): string[] => [
  ...new Set(codes.filter((code) => code !== null)),
];
