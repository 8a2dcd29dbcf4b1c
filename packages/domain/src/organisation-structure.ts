import type { ErrorItem } from './errors.ts';
import { isObject } from './json.ts';

/** A part of the organisation that systems name (`unit`), below another one or not. */
export type Unit = {
  readonly id: string;
  readonly name: string;
  /** The unit that it stands below. */
  readonly parent: string | null;
  /** The legal entity that it belongs to; without one, that of the unit above. */
  readonly entity: string | null;
  /** Its last day, YYYY-MM-DD: after it the unit is offered no more, and what names it stays. */
  readonly endsOn: string | null;
};
/** A place where the organisation works. `country` is a code of ISO 3166, two letters. */
export type Site = {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly unit: string | null;
  readonly entity: string | null;
};
/** A person in law that the organisation acts as, with its number in the register that it stands in. */
export type LegalEntity = {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly registerId: string | null;
};

/** What an organisation consists of. Small and decided by few: it stands among the settings, bound by their entry. */
export type Structure = {
  readonly units: readonly Unit[];
  readonly sites: readonly Site[];
  readonly entities: readonly LegalEntity[];
};

export const emptyStructure: Structure = { units: [], sites: [], entities: [] };
export const mostParts = { units: 300, sites: 200, entities: 100 } as const;

const fold = (name: string): string => name.trim().toLowerCase();

/** The units above one, the nearest first; ends where the way would come back to where it was. */
export function above(units: readonly Unit[], id: string): readonly Unit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const way: Unit[] = [];
  const seen = new Set([id]);
  for (let next = byId.get(id)?.parent ?? null; next !== null && !seen.has(next); ) {
    const unit = byId.get(next);
    if (!unit) break;
    way.push(unit);
    seen.add(next);
    next = unit.parent;
  }
  return way;
}

/** Names of the units below the one of a name, at every depth; none for a name that nobody registered. */
export function namesBelow({ units }: Pick<Structure, 'units'>, name: string): readonly string[] {
  const unit = units.find((one) => fold(one.name) === fold(name));
  if (!unit) return [];
  return units
    .filter((one) => one.id !== unit.id && above(units, one.id).some(({ id }) => id === unit.id))
    .map((one) => one.name)
    .sort();
}

/** Names of the units above the one of a name, the nearest first. */
export function namesAbove({ units }: Pick<Structure, 'units'>, name: string): readonly string[] {
  const unit = units.find((one) => fold(one.name) === fold(name));
  return unit ? above(units, unit.id).map((one) => one.name) : [];
}

/** Kinds whose field `unit` names a unit of the organisation; elsewhere the word means another thing. */
const namingUnits: readonly string[] = ['system', 'use-case'];
export const namesUnit = (kind: string, part: string): boolean =>
  part === 'unit' && namingUnits.includes(kind);

/** The unit of a name where it has ended on a day (YYYY-MM-DD), and none of that name goes on. */
export function endedUnit(
  { units }: Pick<Structure, 'units'>,
  name: string,
  today: string,
): Unit | undefined {
  const called = units.filter((one) => fold(one.name) === fold(name));
  const ended = called.filter(({ endsOn }) => endsOn !== null && endsOn < today);
  return ended.length === called.length ? ended[0] : undefined;
}

/** What cannot be kept of a structure, by its part: `units.2.parent`. Empty where it can. */
export function structureProblems(structure: Structure): ErrorItem[] {
  const { units, sites, entities } = structure;
  const problems: ErrorItem[] = [];
  const say = (at: string, message: string) => problems.push({ at, message });
  const known = {
    unit: new Set(units.map(({ id }) => id)),
    entity: new Set(entities.map(({ id }) => id)),
  };
  for (const [what, parts] of Object.entries({ units, sites, entities })) {
    const names = new Set<string>();
    const ids = new Set<string>();
    for (const [at, { id, name }] of parts.entries()) {
      if (names.has(fold(name))) say(`${what}.${at}.name`, `${name} stands here already.`);
      if (ids.has(id)) say(`${what}.${at}.id`, 'This id stands here twice.');
      names.add(fold(name));
      ids.add(id);
    }
  }
  for (const [what, parts] of Object.entries({ units, sites }))
    for (const [at, { entity }] of parts.entries())
      if (entity !== null && !known.entity.has(entity))
        say(`${what}.${at}.entity`, 'There is no such legal entity.');
  for (const [at, { unit }] of sites.entries())
    if (unit !== null && !known.unit.has(unit)) say(`sites.${at}.unit`, 'There is no such unit.');
  for (const [at, unit] of units.entries()) {
    if (unit.parent === null) continue;
    if (!known.unit.has(unit.parent)) say(`units.${at}.parent`, 'There is no such unit.');
    else if (isInRing(units, unit)) say(`units.${at}.parent`, ringWords(units, unit));
  }
  return problems;
}

const isInRing = (units: readonly Unit[], unit: Unit): boolean =>
  unit.parent === unit.id || above(units, unit.id).at(-1)?.parent === unit.id;

function ringWords(units: readonly Unit[], unit: Unit): string {
  const way = unit.parent === unit.id ? [] : above(units, unit.id).map(({ name }) => name);
  return `${unit.name} would stand below itself: ${[unit.name, ...way, unit.name].join(', below ')}.`;
}

/** What stands in settings, read without trust: a part that cannot be meant counts as not said. */
export function readStructure(value: unknown): Structure {
  if (!isObject(value)) return emptyStructure;
  const parts = (of: unknown) => (Array.isArray(of) ? of : []).filter((one: unknown) => isObject(one));
  const text = (of: unknown): string | null => (typeof of === 'string' && of !== '' ? of : null);
  const named = (one: Readonly<Record<string, unknown>>) => {
    const [id, name] = [text(one.id), text(one.name)];
    return id === null || name === null ? null : { id, name };
  };
  return {
    units: parts(value.units).flatMap((one) => {
      const base = named(one);
      return base
        ? [{ ...base, parent: text(one.parent), entity: text(one.entity), endsOn: text(one.endsOn) }]
        : [];
    }),
    sites: parts(value.sites).flatMap((one) => {
      const [base, country] = [named(one), text(one.country)];
      return base && country ? [{ ...base, country, unit: text(one.unit), entity: text(one.entity) }] : [];
    }),
    entities: parts(value.entities).flatMap((one) => {
      const [base, country] = [named(one), text(one.country)];
      return base && country ? [{ ...base, country, registerId: text(one.registerId) }] : [];
    }),
  };
}
