import { notFound } from '@throughline/domain/errors.ts';
import { readingScope } from '@throughline/domain/permissions.ts';
import { type Evidence, EvidenceCount } from '@throughline/domain/soa/evidence.ts';
import { type Groups, noRecords } from '@throughline/domain/soa/groups.ts';
import { type KeptCells, type Matrix, matrixOf } from '@throughline/domain/soa/matrix.ts';
import { type Around, open, type Plan, planOf } from '@throughline/domain/soa/placing.ts';
import { runningSystems } from '@throughline/domain/soa/statement.ts';
import type { SoaRecord } from '@throughline/domain/soa/types.ts';
import { Clock } from '@throughline/domain/trace/clock.ts';
import type { OrganisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { dayOf } from '@throughline/domain/trace/read.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { logIndexAt } from '../../store/history.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';
import { evidenceOn } from '../../store/soa-evidence.ts';
import { type DerivedStatement, SoaCache } from './kept-facts.ts';
import {
  type FactsSource,
  interimUnlimited,
  piecesNamed,
  type Whole,
  wholeOf,
  withinScope,
} from './read-statement.ts';

export type MatrixRead = {
  readonly at: Date;
  readonly index: number | null;
  readonly matrix: Matrix;
  /** Controls by id, and names of members. */
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly members: ReadonlyMap<string, string>;
};

/** Letters of rows that no reading derived anew since. */
export const keptCells: KeptCells = new WeakMap();

/** Controls by systems as they stand now; whoever reads within a scope gets the systems inside it alone. */
export async function readMatrix(services: Services, source: FactsSource, asked: Asker): Promise<MatrixRead> {
  ensureMatrix(services, asked);
  const at = services.clock();
  return withFacts(services, source, asked, async (reader, { facts, inputs }) => {
    const derived = await SoaCache.of(services.store).derived(reader, facts, inputs);
    const matrix = matrixOf(aroundOf(facts, derived), derived.groups, derived.statement, keptCells);
    const controls = matrix.rows.flatMap(({ row }) => row.control?.id ?? []);
    const owners = new Set(matrix.systems.flatMap(({ owner }) => owner ?? []));
    const [refs, members, index] = await Promise.all([
      refsById(reader, controls),
      memberNames(reader, [...owners]),
      logIndexAt(reader, at),
    ]);
    return { at, index, matrix, refs, members };
  });
}

export type CellRead = {
  readonly control: string;
  readonly system: string;
  readonly cell: string;
  readonly implementations: readonly {
    readonly record: SoaRecord;
    readonly plannedOn: string | null;
    readonly plan: Plan | null;
  }[];
  /** What evidence says of the control on this system: its own pieces, and those of the organisation. */
  readonly evidence: Evidence;
  readonly unlimited: boolean;
  readonly refs: ReadonlyMap<string, RefRow>;
};

/** One cell, with the implementations behind it. Throws `not-found` where the asker sees the control or the system not. */
export async function readCell(
  services: Services,
  source: FactsSource,
  asked: Asker & { readonly control: string; readonly system: string },
): Promise<CellRead> {
  ensureMatrix(services, asked);
  const { registry } = services;
  return withFacts(services, source, asked, async (reader, { facts, inputs }) => {
    const control = await loadReadable(reader, asked.actor, registry.get('control'), asked.control);
    const system = await loadReadable(reader, asked.actor, registry.get('system'), asked.system);
    const { statement, groups, interim } = await SoaCache.of(services.store).derived(reader, facts, inputs);
    const row = statement.rows.find((one) => one.control?.id === control.id);
    const registered = facts.systems.get(system.id);
    // A control that nobody adopted, and a system that was archived, have no cell.
    if (!row || !registered) throw notFound();
    const around = aroundOf({ ...facts, systems: new Map([[system.id, registered]]) }, { interim });
    const [found] = matrixOf(around, groups, { rows: [row] }).rows;
    const { implementations } = groups.get(control.id) ?? noRecords;
    const here = implementations.filter(
      (record) => open(record) && (record.system === system.id || record.system === null),
    );
    const count = new EvidenceCount({
      ...around,
      groups: onControl(groups, control.id),
      running: new Set([system.id]),
    });
    const named = [control.id, ...implementations.flatMap((one) => (one.system === null ? [one.id] : []))];
    for (const piece of await evidenceOn(reader, system.id, named)) count.add(piece);
    const evidence = count.found.of(control.id);
    return {
      ...{ control: control.id, system: system.id, cell: found?.cells ?? '-', evidence },
      unlimited: interimUnlimited(facts),
      implementations: here.map((record) => ({
        record,
        plannedOn: dayOf(record, 'plannedOn'),
        plan: record.state === 'planned' ? planOf(around, record) : null,
      })),
      refs: await refsById(reader, [
        ...[control.id, system.id],
        ...here.map(({ id }) => id),
        ...piecesNamed(evidence),
      ]),
    };
  });
}

/** The groups of one control alone. */
const onControl = (groups: Groups, control: string): Groups =>
  new Map([[control, groups.get(control) ?? noRecords]]);

function ensureMatrix({ registry }: Services, { actor }: Asker): void {
  for (const kind of ['applicability', 'control', 'implementation', 'system'])
    ensureMay(actor, registry.get(kind), 'read');
}

export const aroundOf = (
  organisation: OrganisationFacts,
  { interim }: Pick<DerivedStatement, 'interim'>,
): Around => ({
  organisation,
  interim,
  clock: new Clock(organisation.today),
  running: runningSystems(organisation),
});

export async function withFacts<T>(
  { store }: Services,
  source: FactsSource,
  asked: Asker,
  look: (reader: Reader, read: Whole) => Promise<T>,
): Promise<T> {
  if (readingScope(asked.actor) === null)
    return store.read(asked, async (reader) => look(reader, await wholeOf(reader, source)));
  const read = await store.readWhole(asked.organisation, (reader) => wholeOf(reader, source));
  return store.read(asked, async (reader) => look(reader, await withinScope(reader, read)));
}
