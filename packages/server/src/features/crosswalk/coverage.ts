import type { CrosswalkRow } from '@throughline/catalogue/types.ts';
import { type ControlCount, type Coverage, coverageOf } from '@throughline/domain/crosswalk/coverage.ts';
import { crosswalkTo, type Framework, frameworks } from '@throughline/domain/crosswalk/frameworks.ts';
import {
  asWritten,
  type OwnReading,
  type OwnRow,
  ownRowOf,
  suggestedBy,
} from '@throughline/domain/crosswalk/own-rows.ts';
import { may } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { linksOf } from '@throughline/domain/trace/read.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import {
  controlCounts,
  controlsNamed,
  dutyCounts,
  exclusions,
  ownRowRecords,
  runningSystems,
} from '../../store/coverage.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import type { RefRow } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';

/** States in which a system runs. */
export const runningStates = (registry: Registry): string[] =>
  Object.entries(registry.get('system').lifecycle.states).flatMap(([state, { live }]) =>
    live ? [state] : [],
  );

/** Systems, controls and requirements counted by what a framework asks for. */
export async function readCoverage(
  services: Services,
  asked: Asker,
  framework: Framework,
): Promise<Coverage> {
  const { registry, catalogue, store } = services;
  for (const kind of ['system', 'control', 'obligation', 'evidence', 'applicability'])
    ensureMay(asked.actor, registry.get(kind), 'read');
  const states = runningStates(registry);
  return store.read(asked, async (reader) => {
    const [systems, controls, duties, excluded] = await Promise.all([
      runningSystems(reader, states),
      controlCounts(reader, states),
      dutyCounts(reader),
      exclusions(reader),
    ]);
    return coverageOf(catalogue, framework, { systems, controls, duties, exclusions: excluded });
  });
}

/** An own row with its record, read from one of its sides to the other. */
export type OwnSuggestion = OwnReading & { readonly record: RefRow };

/** The own rows that somebody may read; none for whoever may not. */
async function ownRows(reader: Reader, { actor }: Asker): Promise<{ row: OwnRow; record: RefRow }[]> {
  if (!may(actor, 'mapping', 'read')) return [];
  return (await ownRowRecords(reader)).flatMap((record) => {
    const row = ownRowOf({ id: record.id, fields: record.fields ?? {}, links: {} });
    return row ? [{ row, record }] : [];
  });
}

export type CrosswalkView = {
  readonly rows: readonly (CrosswalkRow & { readonly framework: Framework })[];
  /** Those of the organisation's own, from the side that was asked about. */
  readonly own: readonly OwnSuggestion[];
  /** What is on record for each control, by its item. */
  readonly counts: ReadonlyMap<string, ControlCount>;
};

/** The crosswalk with how much evidence stands on our side of each row. */
export async function readCrosswalk(services: Services, asked: Asker): Promise<CrosswalkView> {
  const { registry, catalogue, store } = services;
  ensureMay(asked.actor, registry.get('control'), 'read');
  ensureMay(asked.actor, registry.get('evidence'), 'read');
  const { counts, own } = await store.read(asked, async (reader) => ({
    counts: await controlCounts(reader, runningStates(registry)),
    own: await ownRows(reader, asked),
  }));
  return {
    rows: frameworks.flatMap((framework) =>
      crosswalkTo(catalogue, framework).map((row) => ({ ...row, framework })),
    ),
    own: own.map(({ row, record }) => ({ ...asWritten(row), record })),
    counts: new Map(counts.map((count) => [count.item, count])),
  };
}

/** What one piece of evidence may also speak to: the crosswalk from the controls that it names. A suggestion alone. */
export async function readReuse(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<{ readonly evidence: StoredRecord } & Pick<CrosswalkView, 'rows' | 'own'>> {
  const { registry, catalogue, store } = services;
  const kind = registry.get('evidence');
  ensureMay(asked.actor, kind, 'read');
  const { evidence, controls, kept } = await store.read(asked, async (reader) => {
    const found = await loadReadable(reader, asked.actor, kind, asked.ref);
    return {
      evidence: found,
      controls: await controlsNamed(reader, linksOf(found.content, 'controls')),
      kept: await ownRows(reader, asked),
    };
  });
  const items = controls.flatMap(({ item }) => item ?? []);
  const records = new Map(kept.map(({ record }) => [record.id, record]));
  const rows = frameworks.flatMap((framework) =>
    crosswalkTo(catalogue, framework)
      .filter(({ from }) => items.includes(from))
      .map((row) => ({ ...row, framework })),
  );
  const suggested = suggestedBy(
    kept.map(({ row }) => row),
    controls,
  );
  const own = suggested.flatMap((one) => {
    const record = records.get(one.row.id);
    return record ? [{ ...one, record }] : [];
  });
  return { evidence, rows, own };
}
