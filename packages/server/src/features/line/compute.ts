import { createHash } from 'node:crypto';
import { setImmediate as others } from 'node:timers/promises';
import { judgedRule } from '@throughline/catalogue/lookup.ts';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import { lastDay } from '@throughline/domain/day.ts';
import { combine } from '@throughline/domain/trace/combine.ts';
import { systemFacts } from '@throughline/domain/trace/system-facts.ts';
import type { Cause, Trace } from '@throughline/domain/trace/types.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { type GapRowIn, keepLines, type LineRow } from '../../store/standing.ts';
import { type FactsCache, readInputs } from './facts.ts';

/** Judging goes on for no longer than this without letting requests of the same process come in between. */
const sliceMs = 3;
/** What is read for one system is some 50 KB of JSON; more than a few of them are taken apart at the expense of others. */
const readAtOnce = 5;

/**
 * Computes the lines of some systems and keeps them. Reading, judging and keeping are three steps: a change that comes
 * in between raises the marks, so what is kept here is then known to be stale, never taken for current.
 */
export async function computeLines(
  services: Services,
  cache: FactsCache,
  organisation: string,
  systems: readonly string[],
): Promise<Trace[]> {
  const now = services.clock();
  const traces: Trace[] = [];
  const rows: LineRow[] = [];
  for (let from = 0; from < systems.length; from += readAtOnce) {
    const some = systems.slice(from, from + readAtOnce);
    const read = await services.store.readWhole(organisation, (reader) => readInputs(reader, cache, some));
    let slice = performance.now();
    for (const [id, inputs] of read.systems) {
      if (performance.now() - slice > sliceMs) {
        await others();
        slice = performance.now();
      }
      const trace = combine(
        read.organisation.facts,
        systemFacts(inputs, read.organisation.facts),
        services.catalogue,
        now,
      );
      traces.push(trace);
      const marks = read.marks.get(id) ?? '1';
      rows.push(
        lineRow(services.catalogue, trace, inputs.system.owner, { marks, facts: read.organisation.marks }),
      );
    }
  }
  const ctx: Context = {
    organisation,
    actor: { type: 'rule', rule: 'standing' },
    // When it is written, not when it was read: a page opened while a long computation ran has to hear of it.
    at: services.clock(),
    because: null,
    request: null,
  };
  if (rows.length > 0) await services.store.change(ctx, (write) => keepLines(write, rows));
  return traces;
}

function lineRow(
  catalogue: Catalogue,
  trace: Trace,
  owner: string | null,
  settled: { marks: string; facts: string },
): LineRow {
  const stations = trace.stations.map((station) => ({
    station: station.id,
    verdict: station.verdict,
    holds_until: station.holdsUntil,
  }));
  const found = trace.stations.flatMap((station) =>
    station.gaps.filter((gap) => !gap.accepted).map((gap) => gapRow(catalogue, station.id, gap, owner)),
  );
  return {
    system: trace.system,
    strip: trace.strip,
    gaps: trace.summary.gaps,
    holds_until: trace.summary.holdsUntil,
    recheck_at: trace.recheckAt,
    ...settled,
    digest: createHash('sha256')
      .update(JSON.stringify([stations, found]))
      .digest('base64'),
    stations,
    found,
  };
}

type Found = { rule: string; records: readonly string[]; since: string | null; causedBy: Cause | null };

/** One gap as a row; the catalogue says where its rule comes from and what it weighs. */
export function gapRow(catalogue: Catalogue, station: string, gap: Found, owner: string | null): GapRowIn {
  const rule = judgedRule(catalogue, gap.rule);
  return {
    station,
    rule: gap.rule,
    source: rule?.source ?? 'standard',
    weight: rule?.weight ?? 'minor',
    records: gap.records,
    refs: rule?.refs ?? [gap.rule],
    owner,
    // A day known to the year or month: it stands from the end of that time on, for certain.
    since: gap.since === null ? null : lastDay(gap.since),
    caused_by:
      gap.causedBy === null
        ? null
        : 'station' in gap.causedBy
          ? gap.causedBy.station
          : `organisation ${gap.causedBy.organisation}`,
  };
}
