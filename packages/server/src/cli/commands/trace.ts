import { DomainError } from '@throughline/domain/errors.ts';
import { quoted } from '@throughline/domain/text.ts';
import type { TraceWire } from '@throughline/domain/wire.ts';
import { exitCodes } from '../../exit-codes.ts';
import { FactsCache } from '../../features/line/facts.ts';
import { readTrace } from '../../features/line/read-trace.ts';
import { refWire } from '../../http/present/ref.ts';
import { namedIn, provenTraceWire } from '../../http/present/trace.ts';
import { CommandRefused, Ended } from '../refuse.ts';
import { traceLines } from '../words/trace.ts';
import type { Work } from '../work.ts';

export type TraceOptions = { readonly json?: true; readonly failOnGap?: true };

/** `trace REF`: the line of one system as it stands now. */
export async function trace(work: Work, ref: string, options: TraceOptions): Promise<void> {
  const wire = await readLine(work, ref);
  if (options.json) work.terminal.json(wire);
  else
    for (const line of traceLines(work.terminal, work.services, wire, work.organisation.timeZone))
      work.terminal.print(line);
  if (options.failOnGap && wire.summary.gaps > 0) throw new Ended(exitCodes.gaps);
}

async function readLine({ services, organisation, actor }: Work, ref: string): Promise<TraceWire> {
  const { registry, catalogue } = services;
  const asked = { organisation: organisation.id, actor, ref };
  const view = await readTrace(services, FactsCache.of(services), asked, namedIn).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'not-found')
      throw new CommandRefused(exitCodes.notFound, `There is no system ${quoted(ref)}.`);
    throw error;
  });
  const refs = new Map([...view.refs].map(([id, row]) => [id, refWire(registry, row)]));
  const wire = provenTraceWire({ registry, catalogue, actor, refs, members: view.members }, view);
  const owner = view.owner ? (view.members.get(view.owner) ?? null) : null;
  return { ...wire, system: { ...wire.system, owner } };
}
