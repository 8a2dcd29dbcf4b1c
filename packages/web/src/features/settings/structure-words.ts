import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import type { Option } from '../../ui/fields/choice-field.tsx';

export type StructureWire = OrganisationWire['structure'];
export type PartType = 'units' | 'sites' | 'entities';

/** A part while it is written: what its type does not have stays `null`. */
export type Draft = {
  id: string;
  name: string;
  parent: string | null;
  unit: string | null;
  entity: string | null;
  country: string | null;
  registerId: string;
  endsOn: string | null;
};

export const emptyDraft = (id: string, name = ''): Draft => ({
  id,
  name,
  parent: null,
  unit: null,
  entity: null,
  country: null,
  registerId: '',
  endsOn: null,
});

/** The part of an id as a draft; `undefined` where there is none. */
export const draftOf = (structure: StructureWire, type: PartType, id: string): Draft | undefined => {
  const part = structure[type].find((one) => one.id === id);
  if (part === undefined) return undefined;
  const { registerId, ...rest } = { registerId: null, ...part };
  return { ...emptyDraft(id), ...rest, registerId: registerId ?? '' };
};

/** The structure with a part put in its place, or at the end where it is new. */
export const withPart = (structure: StructureWire, type: PartType, draft: Draft): StructureWire => {
  const { id, name, parent, unit, entity, endsOn, registerId } = draft;
  const country = draft.country ?? '';
  const put = <Part extends { id: string }>(parts: readonly Part[], part: Part): Part[] =>
    parts.some((one) => one.id === id) ? parts.map((one) => (one.id === id ? part : one)) : [...parts, part];
  const named = { id, name: name.trim() };
  if (type === 'units')
    return { ...structure, units: put(structure.units, { ...named, parent, entity, endsOn }) };
  if (type === 'sites')
    return { ...structure, sites: put(structure.sites, { ...named, country, unit, entity }) };
  const number = registerId.trim() === '' ? null : registerId.trim();
  return { ...structure, entities: put(structure.entities, { ...named, country, registerId: number }) };
};

/** The structure without a part, and without what named it: its units stand where it stood. */
export const withoutPart = (structure: StructureWire, type: PartType, id: string): StructureWire => {
  const gone = (named: string | null): string | null => (named === id ? null : named);
  const parent = structure.units.find((one) => one.id === id)?.parent ?? null;
  const kept = { ...structure, [type]: structure[type].filter((one) => one.id !== id) };
  return {
    ...kept,
    units: kept.units.map((one) => ({
      ...one,
      parent: one.parent === id ? parent : one.parent,
      entity: gone(one.entity),
    })),
    sites: kept.sites.map((one) => ({ ...one, unit: gone(one.unit), entity: gone(one.entity) })),
  };
};

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Codes that stand for no country: reserved for tests and for what is not known. */
const none = new Set(['XA', 'XB', 'ZZ', 'EU', 'EZ', 'UN', 'QO']);

export const countryName = (code: string): string => names.of(code) ?? code;

/** Countries of ISO 3166 by name. */
export const countryOptions = (): readonly Option[] =>
  letters
    .flatMap((first) => letters.map((second) => `${first}${second}`))
    .flatMap((code) => {
      const name = none.has(code) ? undefined : names.of(code);
      return name === undefined ? [] : [{ value: code, label: name, hint: code }];
    })
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
