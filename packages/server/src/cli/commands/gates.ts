import { DomainError } from '@throughline/domain/errors.ts';
import { type GateType, gateTypes } from '@throughline/domain/gates/stages.ts';
import { quoted } from '@throughline/domain/text.ts';
import type { SystemGatesWire } from '@throughline/domain/wire-gates.ts';
import { exitCodes } from '../../exit-codes.ts';
import { type LineSource, readSystemGates } from '../../features/gates/read-gate.ts';
import { FactsCache, readInputs } from '../../features/line/facts.ts';
import { namedInCriteria, systemGatesWire } from '../../http/present/gates.ts';
import { refWire } from '../../http/present/ref.ts';
import { CommandRefused, Ended } from '../refuse.ts';
import { gateLines } from '../words/gates.ts';
import { askerOf, type Work } from '../work.ts';

export type GatesOptions = { readonly gate?: GateType; readonly json?: true; readonly failOnGap?: true };

/** `gates REF`: where a system is in its life cycle, and what each gate misses as the line stands now. */
export async function gates(work: Work, ref: string, { gate, json, failOnGap }: GatesOptions): Promise<void> {
  const { terminal } = work;
  const wires: SystemGatesWire[] = [];
  for (const type of gate ? [gate] : gateTypes) wires.push(await readOne(work, ref, type));
  if (json) terminal.json(wires);
  else for (const line of gateLines(terminal, wires)) terminal.print(line);
  const missing = wires.some(({ next }) => next?.criteria.some(({ finding }) => finding === 'not-met'));
  if (failOnGap && missing) throw new Ended(exitCodes.gaps);
}

async function readOne(work: Work, ref: string, type: GateType): Promise<SystemGatesWire> {
  const { services, actor } = work;
  const { registry, catalogue } = services;
  const cache = FactsCache.of(services);
  const source: LineSource = async (reader, some) => {
    const { organisation, systems } = await readInputs(reader, cache, some);
    return { facts: organisation.facts, systems };
  };
  const asked = { ...askerOf(work), ref, type };
  const view = await readSystemGates(services, source, asked, namedInCriteria).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'not-found')
      throw new CommandRefused(exitCodes.notFound, `There is no system ${quoted(ref)}.`);
    throw error;
  });
  const refs = new Map([...view.refs].map(([id, row]) => [id, refWire(registry, row)]));
  return systemGatesWire({ registry, catalogue, actor, refs, members: view.names }, view);
}
