import type { CrosswalkRow } from '@throughline/catalogue/types.ts';
import { type ControlCount, type Coverage, coverageOf } from '@throughline/domain/crosswalk/coverage.ts';
import { crosswalkTo, type Framework, frameworks } from '@throughline/domain/crosswalk/frameworks.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { linksOf } from '@throughline/domain/trace/read.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { controlCounts, dutyCounts, exclusions, itemsProven, runningSystems } from '../../store/coverage.ts';
import type { Asker } from '../../store/reading.ts';
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

export type CrosswalkView = {
  readonly rows: readonly (CrosswalkRow & { readonly framework: Framework })[];
  /** What is on record for each control, by its item. */
  readonly counts: ReadonlyMap<string, ControlCount>;
};

/** The crosswalk with how much evidence stands on our side of each row. */
export async function readCrosswalk(services: Services, asked: Asker): Promise<CrosswalkView> {
  const { registry, catalogue, store } = services;
  ensureMay(asked.actor, registry.get('control'), 'read');
  ensureMay(asked.actor, registry.get('evidence'), 'read');
  const counts = await store.read(asked, (reader) => controlCounts(reader, runningStates(registry)));
  return {
    rows: frameworks.flatMap((framework) =>
      crosswalkTo(catalogue, framework).map((row) => ({ ...row, framework })),
    ),
    counts: new Map(counts.map((count) => [count.item, count])),
  };
}

/** What one piece of evidence may also speak to: the crosswalk from the controls that it names. A suggestion alone. */
export async function readReuse(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<{ readonly evidence: StoredRecord; readonly rows: CrosswalkView['rows'] }> {
  const { registry, catalogue, store } = services;
  const kind = registry.get('evidence');
  ensureMay(asked.actor, kind, 'read');
  const { evidence, items } = await store.read(asked, async (reader) => {
    const found = await loadReadable(reader, asked.actor, kind, asked.ref);
    return { evidence: found, items: await itemsProven(reader, linksOf(found.content, 'controls')) };
  });
  const rows = frameworks.flatMap((framework) =>
    crosswalkTo(catalogue, framework)
      .filter(({ from }) => items.includes(from))
      .map((row) => ({ ...row, framework })),
  );
  return { evidence, rows };
}
