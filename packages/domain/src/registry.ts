import type { Kind } from './kinds/kind.ts';

/** All kinds by name, with the look-ups that doors need. Built once; refuses names, prefixes or collections used twice. */
export class Registry {
  readonly #byName: ReadonlyMap<string, Kind>;
  readonly #byPrefix: ReadonlyMap<string, Kind>;
  readonly #byCollection: ReadonlyMap<string, Kind>;
  readonly #used: ReadonlySet<string>;
  readonly #holding: ReadonlySet<string>;
  readonly kinds: readonly Kind[];
  /** Names of kinds that only those named in a record read. */
  readonly sealed: readonly string[];
  /** Names of kinds that hold files. */
  readonly filed: readonly string[];

  constructor(kinds: readonly Kind[]) {
    this.kinds = kinds;
    this.sealed = kinds.filter((kind) => kind.sealed).map(({ name }) => name);
    this.filed = kinds
      .filter(({ fields }) => Object.values(fields).some(({ type }) => type === 'file'))
      .map(({ name }) => name);
    this.#byName = unique(kinds, 'name');
    this.#byPrefix = unique(kinds, 'prefix');
    this.#byCollection = unique(kinds, 'collection');
    this.#used = new Set(
      kinds.flatMap(({ relations }) =>
        Object.values(relations).flatMap((relation) => (relation.type === 'uses' ? relation.to : [])),
      ),
    );
    this.#holding = new Set(
      kinds.flatMap(({ sealed, relations }) => (sealed?.andOf && relations[sealed.andOf.relation]?.to) ?? []),
    );
    for (const kind of kinds) {
      for (const [name, relation] of Object.entries(kind.relations)) {
        const unknown = relation.to.filter((target) => !this.#byName.has(target));
        if (unknown.length > 0)
          throw new TypeError(`Kind ${kind.name}: relation ${name} names ${unknown.join(', ')}`);
        const sealed = relation.to.filter((target) => this.sealed.includes(target));
        if (sealed.length > 0)
          throw new TypeError(
            `Kind ${kind.name}: relation ${name} leads to ${sealed.join(', ')}, which is sealed`,
          );
      }
    }
  }

  find(name: string): Kind | undefined {
    return this.#byName.get(name);
  }

  get(name: string): Kind {
    const kind = this.#byName.get(name);
    if (!kind) throw new TypeError(`There is no kind "${name}"`);
    return kind;
  }

  ofCollection(collection: string): Kind | undefined {
    return this.#byCollection.get(collection);
  }

  /** Whether records of the kind are used by others: a change of one then propagates to those who use it. */
  isUsed(name: string): boolean {
    return this.#used.has(name);
  }

  isSealed(name: string): boolean {
    return this.#byName.get(name)?.sealed !== undefined;
  }

  /** Whether sealed records belong to records of the kind and are read by people named there. */
  holdsSealed(name: string): boolean {
    return this.#holding.has(name);
  }

  /** Reads `SYS-42` into kind and number; nothing when it is no ref. */
  readRef(ref: string): { kind: Kind; number: number } | undefined {
    const match = /^([A-Z]{2,5})-([1-9]\d{0,8})$/.exec(ref.trim().toUpperCase());
    const kind = match?.[1] ? this.#byPrefix.get(match[1]) : undefined;
    return kind && match ? { kind, number: Number(match[2]) } : undefined;
  }
}

function unique(kinds: readonly Kind[], key: 'name' | 'prefix' | 'collection'): ReadonlyMap<string, Kind> {
  const map = new Map<string, Kind>();
  for (const kind of kinds) {
    if (map.has(kind[key])) throw new TypeError(`Two kinds have the ${key} "${kind[key]}"`);
    map.set(kind[key], kind);
  }
  return map;
}
