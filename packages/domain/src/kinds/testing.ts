/** Content for tests of declarations: a plausible value for every field, and targets that exist for every link. */
import type { Json } from '../json.ts';
import type { Target } from './edit.ts';
import type { CellField, Field } from './fields.ts';
import type { Around, Content, Kind } from './kind.ts';

let count = 0;

/** An id as the product makes them, another one at each call. */
export function someId(): string {
  count += 1;
  return `00000000-0000-7000-8000-${count.toString(16).padStart(12, '0')}`;
}

/** A value that the field takes, different persons for different fields. */
export function sampleValue(field: Field): Json {
  switch (field.type) {
    case 'choices':
      return [field.options[0]?.id ?? ''];
    case 'list':
      return ['One', 'Two'];
    case 'catalogue':
      return field.many ? ['A.5.2'] : 'A.5.2';
    case 'file':
      return someId();
    case 'moment':
      return '2026-01-15T09:30:00.000Z';
    case 'rows':
      return [
        Object.fromEntries(
          Object.entries(field.columns).flatMap(([name, cell]) =>
            cell.byAct ? [] : [[name, sampleCell(cell)]],
          ),
        ),
      ];
    default:
      return sampleCell(field);
  }
}

function sampleCell(field: CellField): Json {
  switch (field.type) {
    case 'line':
      return 'Some words';
    case 'text':
      return 'Some words\n\nand a second paragraph.';
    case 'url':
      return 'https://example.org/somewhere';
    case 'choice':
      return field.options[0]?.id ?? '';
    case 'answer':
      return 'yes';
    case 'day':
      return '2026-01-15';
    case 'number':
      return field.min ?? 1;
    case 'member':
      return someId();
  }
}

/** What an approval is asked with, where nothing around the content speaks against it. */
export const around: Around = {
  today: '2026-05-01',
  annexA: [],
  undecided: { now: [], published: [] },
  linked: () => [],
  ratedBy: new Map(),
};

/** Fields that a kind refuses to be without. */
export function minimalFields(kind: Kind): Record<string, Json> {
  const required = Object.entries(kind.fields).filter(([, field]) => field.required);
  return Object.fromEntries(
    required.map(([name, field]) => [name, meant[kind.name]?.[name] ?? sampleValue(field)]),
  );
}

/** Parts that a kind takes only in words that mean something to it. */
const meant: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  // As many as the items of the sample that are made here.
  'control-test': { populationSize: 1, sampleSize: 1 },
  // It leads from one item to another, and both are known.
  mapping: { fromItem: 'A.5.3', toItem: 'A.5.4' },
  'gap-analysis': {
    targets: [{ item: 'A.5.3', state: 'planned', due: '2099-12-31', note: 'Some words' }],
    judged: [{ item: 'A.5.4', state: 'partly', why: 'Some words', on: '2026-01-15' }],
  },
  // An exception is of a release alone, and one of two; how a condition was fulfilled is a sentence.
  gate: {
    emergency: 'no',
    retrospective: 'no',
    fulfilments: [
      { criterion: 'Some words', fulfilledOn: '2026-01-15', how: 'It was done as it was asked.' },
    ],
  },
  'classification-scheme': {
    questions: [{ key: 'Reach', ask: 'How many people does it reach?', answers: 'few, many' }],
    conditions: [{ row: 'Some words', fact: 'own.reach', test: 'any', values: 'many' }],
  },
};

/** Every field filled that can be filled by hand; with `acts`, those too that acts of their own write. */
export function fullFields(kind: Kind, acts = false): Record<string, Json> {
  const byHand = Object.entries(kind.fields).filter(([, field]) => !field.derived && (acts || !field.byAct));
  const fields = Object.fromEntries(
    byHand.map(([name, field]) => [name, meant[kind.name]?.[name] ?? sampleValue(field)]),
  );
  // The dates that a plan was given end with the one that stands.
  return 'plannedDates' in fields && fields.plannedOn !== undefined
    ? { ...fields, plannedDates: ['One', fields.plannedOn] }
    : fields;
}

/** The same in the order in which it can be kept: thresholds stand before the results against them. */
export function inOrder(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>[] {
  if (!('measures' in fields && 'results' in fields)) return [fields];
  return [{ ...fields, results: null }, fields];
}

/** One link for each relation that must have one, or for every relation; only the first `within` is set. */
export function sampleLinks(kind: Kind, which: 'required' | 'all'): Content['links'] {
  const links: Record<string, readonly string[]> = {};
  const withinRequired = Object.values(kind.relations).some((r) => r.type === 'within' && r.required);
  let home = false;
  for (const [name, relation] of Object.entries(kind.relations)) {
    if (relation.byAct || (which === 'required' && !relation.required)) continue;
    if (relation.type === 'within') {
      if (home || (withinRequired && !relation.required)) continue;
      home = true;
    }
    links[name] = [someId()];
  }
  return links;
}

/** The targets of links, as if the store had found each with a kind that the relation takes. */
export function targetsFor(kind: Kind, links: Content['links']): Map<string, Target> {
  const targets = new Map<string, Target>();
  for (const [name, ids] of Object.entries(links)) {
    for (const id of ids) targets.set(id, { kind: kind.relations[name]?.to[0] ?? '', archived: false });
  }
  return targets;
}

/** Links as a patch sets them. */
export function linkPatch(links: Content['links']): Record<string, { set: readonly string[] }> {
  return Object.fromEntries(Object.entries(links).map(([name, set]) => [name, { set }]));
}
