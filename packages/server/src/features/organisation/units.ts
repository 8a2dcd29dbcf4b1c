import { namesBelow, type Structure } from '@throughline/domain/organisation-structure.ts';
import type { UnitsWire } from '@throughline/domain/wire-pages.ts';
import type { Services } from '../../services.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Asker } from '../../store/reading.ts';
import { type UnitRow, unitRows } from '../../store/units.ts';

/**
 * The units of the organisation: those that are registered, and those that systems name, with how many do, by themselves
 * and with all that stands below. Names are joined as systems write them.
 */
export async function readUnits({ store }: Services, who: Asker): Promise<UnitsWire> {
  const { rows, structure } = await store.read(who, async (reader) => ({
    rows: await unitRows(reader),
    structure: (await organisationSettings(reader)).structure,
  }));
  const byName = Map.groupBy(rows, ({ unit }) => unit);
  const named = [...byName.keys()].filter((name) => name !== null);
  const registered = structure.units.map(({ name }) => name);
  const all = distinct([...named, ...registered]).sort();
  return {
    items: all.map((name) => unitOf(name, byName, structure)),
    without: count(byName.get(null) ?? []),
  };
}

const count = (some: readonly UnitRow[]) => some.reduce((sum, { systems }) => sum + systems, 0);

function unitOf(
  name: string,
  byName: ReadonlyMap<string | null, readonly UnitRow[]>,
  structure: Structure,
): UnitsWire['items'][number] {
  const some = byName.get(name) ?? [];
  const below = namesBelow(structure, name);
  const unit = structure.units.find((one) => one.name === name);
  return {
    name,
    codes: distinct(some.map(({ code }) => code)),
    systems: count(some),
    below,
    systemsWithin: [name, ...below].reduce((sum, one) => sum + count(byName.get(one) ?? []), 0),
    registered: unit !== undefined,
    endsOn: unit?.endsOn ?? null,
    subUnits: [...Map.groupBy(some, ({ sub_unit: sub }) => sub)].flatMap(([sub, of]) =>
      sub === null ? [] : [{ name: sub, systems: count(of) }],
    ),
  };
}

const distinct = (codes: readonly (string | null)[]): string[] => [
  ...new Set(codes.filter((code) => code !== null)),
];
