import { type Framework, frameworks } from '@throughline/domain/crosswalk/frameworks.ts';
import {
  type Carried,
  type CarriedCounts,
  type ControlLetters,
  carriedBy,
  controlLetters,
  countsOf,
  type ItemLetters,
  itemLetters,
  ofSystem,
} from '@throughline/domain/crosswalk/standings.ts';
import { type MatrixSystem, matrixOf } from '@throughline/domain/soa/matrix.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { EvidenceCache } from './kept-evidence.ts';
import { SoaCache } from './kept-facts.ts';
import { aroundOf, keptCells, withFacts } from './read-matrix.ts';
import type { FactsSource } from './read-statement.ts';

type Standings = { readonly systems: readonly MatrixSystem[]; readonly controls: ControlLetters };

/** Running systems with how each control of the standard stands on them, in their order. */
function standings<T>(
  services: Services,
  source: FactsSource,
  asked: Asker,
  look: (found: Standings, reader: Reader) => Promise<T> | T,
): Promise<T> {
  for (const kind of ['applicability', 'control', 'implementation', 'system', 'evidence'])
    ensureMay(asked.actor, services.registry.get(kind), 'read');
  return withFacts(services, source, asked, async (reader, { facts, inputs }) => {
    const derived = await SoaCache.of(services.store).derived(reader, facts, inputs);
    const { statement, groups } = derived;
    const around = { ...aroundOf(facts, derived), groups };
    const evidence = await EvidenceCache.of(services.store).found(reader, facts, groups);
    const matrix = matrixOf(around, groups, statement, keptCells);
    const controls = controlLetters({ ...around, evidence }, matrix);
    return look({ systems: matrix.systems.filter(({ running }) => running), controls }, reader);
  });
}

export type FrameworkStandings = {
  readonly framework: Framework;
  readonly systems: number;
  readonly items: readonly (Omit<ItemLetters, 'letters'> & { readonly counts: CarriedCounts | null })[];
};

/** By item of a framework: on how many running systems it is carried, in place without proof, and missing. */
export function readFrameworkStandings(
  services: Services,
  source: FactsSource,
  asked: Asker,
  framework: Framework,
): Promise<FrameworkStandings> {
  return standings(services, source, asked, ({ systems, controls }) => ({
    framework,
    systems: systems.length,
    items: itemLetters(services.catalogue, framework, controls).map(({ letters, ...item }) => ({
      ...item,
      counts: letters === null ? null : countsOf(letters),
    })),
  }));
}

export type AskedSystems = {
  readonly framework: Framework;
  /** Systems on which this item stands as `stands` says; all systems where none is named. */
  readonly item?: string | undefined;
  readonly stands?: Carried | undefined;
  /** Part of a ref or a name. */
  readonly q?: string | undefined;
  /** From 1 on. */
  readonly page: number;
  readonly limit: number;
};
export type SystemStandings = {
  readonly total: number;
  readonly next: number | null;
  readonly items: readonly {
    readonly system: Pick<MatrixSystem, 'id' | 'ref' | 'title'>;
    /** Where an item is named: its controls as they stand here. */
    readonly controls: readonly { readonly control: string; readonly stands: Carried }[];
    readonly frameworks: readonly (CarriedCounts & { readonly framework: Framework })[];
  }[];
};

/** System by system: how far each framework is carried, and for one item which of its controls are not. */
export function readSystemStandings(
  services: Services,
  source: FactsSource,
  asked: Asker,
  { framework, item, stands, q, page, limit }: AskedSystems,
): Promise<SystemStandings> {
  const { catalogue } = services;
  return standings(services, source, asked, ({ systems, controls }) => {
    const named = itemLetters(catalogue, framework, controls).find((one) => one.item === item);
    const words = q?.trim().toLowerCase() ?? '';
    const found = systems
      .map((system, at) => ({ system, at }))
      .filter(
        ({ system, at }) =>
          (item === undefined || stands === undefined || carriedBy(named?.letters?.[at]) === stands) &&
          (words === '' || `${system.ref} ${system.title}`.toLowerCase().includes(words)),
      );
    const to = page * limit;
    const shown = found.slice(to - limit, to);
    const each = frameworks.map((one) => ({
      one,
      items: itemLetters(catalogue, one, ofPage(controls, shown)),
    }));
    return {
      total: found.length,
      next: to < found.length ? page + 1 : null,
      items: shown.map(({ system, at }, place) => ({
        system,
        controls: (named?.controls ?? []).map((control) => ({
          control,
          stands: carriedBy(controls.get(control)?.[at]),
        })),
        frameworks: each.map(({ one, items }) => ({ framework: one, ...ofSystem(items, place) })),
      })),
    };
  });
}

/** The letters of the systems shown alone: items are put together for these, not for ten thousand. */
const ofPage = (controls: ControlLetters, page: readonly { readonly at: number }[]): ControlLetters =>
  new Map([...controls].map(([item, text]) => [item, page.map(({ at }) => text[at] ?? '-').join('')]));
