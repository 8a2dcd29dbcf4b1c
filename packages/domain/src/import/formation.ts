import type { Json } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';

/**
 * A record that each row forms beside its own, because the row's record cannot stand without it. A use case always has
 * a system; inventories list uses and rarely say which system they share, so each use forms its own system, named
 * like it. Two are never taken for one because of a name: people link them when they know.
 */
export type Formation = {
  /** The relation of the row's record that points at the formed one. A column mapped to it names an existing record instead. */
  readonly relation: string;
  readonly kind: string;
  /** Part of the formed record → part of the row's record that fills it. */
  readonly parts: Readonly<Record<string, string>>;
};

const formations: Readonly<Record<string, Formation>> = {
  'use-case': {
    relation: 'system',
    kind: 'system',
    parts: {
      name: 'name',
      purpose: 'purpose',
      owner: 'owner',
      unit: 'unit',
      unitCode: 'unitCode',
      subUnit: 'subUnit',
      startedOn: 'beganOn',
      liveSince: 'liveSince',
      retiredOn: 'retiredOn',
      authorisedToOperate: 'authorisedToOperate',
    },
  },
};

export function formationOf(kind: Kind): Formation | undefined {
  return formations[kind.name];
}

/** What the row says about the formed record. Parts that either declaration does not have are left out. */
export function formedFields(
  formation: Formation,
  formed: Kind,
  fields: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const made: Record<string, Json> = {};
  for (const [part, from] of Object.entries(formation.parts)) {
    const value = fields[from];
    if (part in formed.fields && value !== undefined) made[part] = value;
  }
  return made;
}
