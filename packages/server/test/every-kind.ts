import type { Field } from '@throughline/domain/kinds/fields.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { fullFields, minimalFields } from '@throughline/domain/kinds/testing.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import { form, type World } from './every-route/world.ts';
import { record } from './factories.ts';

/** Makes records of any kind, with people, files and targets that exist. */
export class Samples {
  readonly #world: World;
  readonly #targets = new Map<string, string>();
  /** One for records that are sealed and one for all others: no file is named by both. */
  readonly #files = new Map<boolean, string>();
  #count = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** A record of which nothing is filled but what the kind demands, and a title of its own. */
  async plain(kind: Kind, fields: Readonly<Record<string, unknown>> = {}): Promise<RecordWire> {
    this.#count += 1;
    const titled = kind.fields[kind.title]?.type === 'line' ? { [kind.title]: `Sample ${this.#count}` } : {};
    const needed = await this.#real(kind, minimalFields(kind));
    // One code names one control.
    const coded = kind.name === 'control' ? { code: `S-${this.#count}` } : {};
    const all = { ...needed, ...titled, ...coded, ...fields };
    return record(this.#world.manager, kind.collection, all, await this.links(kind, 'required'));
  }

  /** Every field by hand, as a client may send them: different people in different fields. */
  async full(kind: Kind): Promise<Record<string, unknown>> {
    return this.#real(kind, fullFields(kind));
  }

  /** One link for every relation that must have one, or for each of them but a second home. */
  async links(kind: Kind, which: 'required' | 'all'): Promise<Record<string, { set: string[] }>> {
    const links: Record<string, { set: string[] }> = {};
    const homes = Object.values(kind.relations).filter((one) => one.type === 'within' && one.required);
    for (const [name, relation] of Object.entries(kind.relations)) {
      if (relation.byAct || (which === 'required' && !relation.required)) continue;
      if (relation.type === 'within' && homes.length > 0 && !relation.required) continue;
      if (
        relation.type === 'within' &&
        Object.keys(links).some((one) => kind.relations[one]?.type === 'within')
      )
        continue;
      links[name] = { set: [await this.target(relation.to[0] ?? '')] };
    }
    return links;
  }

  /** One record of a kind that others link to. */
  async target(name: string): Promise<string> {
    const known = this.#targets.get(name);
    if (known !== undefined) return known;
    const { registry } = this.#world.server.services;
    // What is sealed is put below it by its people.
    const lead = registry.holdsSealed(name) ? { lead: this.#world.manager.id } : {};
    const { id } = await this.plain(registry.get(name), lead);
    this.#targets.set(name, id);
    return id;
  }

  async #file(sealed: boolean): Promise<string> {
    const known = this.#files.get(sealed);
    if (known !== undefined) return known;
    const answer = await this.#world.manager.send('POST', '/blobs', undefined, form('A page'));
    const { id }: { id: string } = answer.json();
    this.#files.set(sealed, id);
    return id;
  }

  async #real(kind: Kind, fields: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    const people = [this.#world.manager.id, this.#world.reader.id];
    const file = await this.#file(kind.sealed !== undefined);
    const read = (field: Field | undefined, value: unknown, at: number): unknown => {
      if (field?.type === 'member') return people[at % people.length];
      if (field?.type === 'file') return file;
      if (field?.type !== 'rows' || !Array.isArray(value)) return value;
      return value.map((row: Record<string, unknown>) =>
        Object.fromEntries(
          Object.entries(row).map(([name, cell], place) => [name, read(field.columns[name], cell, place)]),
        ),
      );
    };
    let person = 0;
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => {
        if (kind.fields[name]?.type === 'member') person += 1;
        return [name, read(kind.fields[name], value, person - 1)];
      }),
    );
  }
}

/** For each field, a value that cannot be taken for the reason named; fields that have no such value are left out. */
export function brokenFields(kind: Kind, how: Brokenness): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(kind.fields).flatMap(([name, field]) => {
      const value = brokenValue(field, how);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export const brokennesses = ['type', 'nul', 'half', 'long', 'word', 'entry'] as const;
export type Brokenness = (typeof brokennesses)[number];

const nul = 'a\u0000b';
const half = 'a\ud800b';

function brokenValue(field: Field, how: Brokenness): unknown {
  const lists = field.type === 'choices' || field.type === 'list' || field.type === 'rows';
  const list = lists || (field.type === 'catalogue' && field.many === true);
  const wrap = (value: unknown) => (list ? [value] : value);
  const textual = field.type !== 'number' && field.type !== 'rows';
  switch (how) {
    case 'type':
      return list ? 7 : field.type === 'number' ? ['7'] : { value: 7 };
    case 'nul':
      return textual ? wrap(nul) : undefined;
    case 'half':
      return textual ? wrap(half) : undefined;
    case 'long':
      if (field.type === 'line' || field.type === 'text') return 'x'.repeat(field.max + 1);
      if (field.type === 'list') return Array.from({ length: field.max + 1 }, (_, at) => `Line ${at}`);
      if (field.type === 'number') return field.max === undefined ? 1e16 : field.max + 1;
      return field.type === 'rows' ? Array.from({ length: 201 }, () => ({})) : undefined;
    case 'word':
      return ['line', 'text', 'list'].includes(field.type) ? undefined : wrap('no such thing, ever');
    case 'entry':
      if (field.type === 'rows') return [{ colour: 'red' }];
      return list ? [['nested']] : undefined;
  }
}
