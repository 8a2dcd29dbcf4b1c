import type { ReadinessWire } from '@throughline/domain/wire.ts';
import type { CoverageWire } from '@throughline/domain/wire-readiness.ts';
import { FactsCache } from '../../features/line/facts.ts';
import { readReadiness } from '../../features/line/read-readiness.ts';
import { readCoverage } from '../../features/line/read-register.ts';
import { settleLines } from '../../features/line/settle-lines.ts';
import { coverageWire, namedInReadiness, readinessWire } from '../../http/present/readiness.ts';
import { refWire } from '../../http/present/ref.ts';
import { coverageLines, readinessLines } from '../words/readiness.ts';
import type { Work } from '../work.ts';

export const coverages = ['clause', 'control', 'unit', 'owner'] as const;
export type ReadinessOptions = { readonly json?: true; readonly by?: (typeof coverages)[number] };

/** `readiness`: how the register and the organisation stand, counted from lines that are current. */
export async function readiness(work: Work, options: ReadinessOptions): Promise<void> {
  const { terminal, services, organisation } = work;
  await settleLines(services, organisation.id, (done, total) =>
    terminal.progress('Computing lines of systems', done, total),
  );
  if (options.by) {
    const coverage = await readCounts(work, options.by);
    if (options.json) terminal.json(coverage);
    else for (const line of coverageLines(terminal, coverage)) terminal.print(line);
    return;
  }
  const wire = await readAll(work);
  if (options.json) terminal.json(wire);
  else for (const line of readinessLines(terminal, wire, organisation)) terminal.print(line);
}

async function readAll({ services, organisation, actor }: Work): Promise<ReadinessWire> {
  const { registry, catalogue } = services;
  const asked = { organisation: organisation.id, actor };
  const read = await readReadiness(services, FactsCache.of(services), asked, namedInReadiness);
  const refs = new Map([...read.refs].map(([id, row]) => [id, refWire(registry, row)]));
  return readinessWire({ registry, catalogue, actor, refs, members: read.members }, read.readiness);
}

async function readCounts(work: Work, by: (typeof coverages)[number]): Promise<CoverageWire> {
  const { services, organisation, actor } = work;
  const { rows, members } = await readCoverage(services, { organisation: organisation.id, actor, by });
  return coverageWire({ catalogue: services.catalogue, members }, by, rows);
}
