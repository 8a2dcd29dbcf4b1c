import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { combine } from '@throughline/domain/trace/combine.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { systemFacts } from '@throughline/domain/trace/system-facts.ts';
import type { Trace } from '@throughline/domain/trace/types.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { logIndexAt } from '../../store/history.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';
import { type FactsCache, readInputs } from './facts.ts';

export type TraceView = {
  readonly trace: Trace;
  readonly owner: string | null;
  readonly index: number;
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly members: ReadonlyMap<string, string>;
  /** Open tasks of the system by the rule whose gap they are to close. */
  readonly tasks: ReadonlyMap<string, string>;
};

type Named = (trace: Trace) => { records: string[]; members: string[] };

/**
 * The line of one system as of now: always computed from what stands, never from the kept rows, so a page never shows
 * an old verdict. `named` says which records and people the presenter will name; they are read in the same transaction.
 */
export async function readTrace(
  services: Services,
  cache: FactsCache,
  asked: { readonly organisation: string; readonly actor: Actor; readonly ref: string },
  named: Named,
): Promise<TraceView> {
  const kind = services.registry.get('system');
  ensureMay(asked.actor, kind, 'read');
  return services.store.read(asked.organisation, async (reader) => {
    const record = await loadReadable(reader, asked.actor, kind, asked.ref);
    const inputs = await readInputs(reader, cache, [record.id]);
    const own = inputs.systems.get(record.id);
    if (!own || record.archivedAt)
      throw new DomainError('conflict', 'This system is archived: its line is no longer counted.');
    const { facts } = inputs.organisation;
    const now = services.clock();
    const trace = combine(facts, systemFacts(own, facts), services.catalogue, now);
    const tasks = tasksByRule(own.own);
    const names = named(trace);
    return {
      trace,
      owner: record.owner,
      index: (await logIndexAt(reader, now)) ?? -1,
      refs: await refsById(reader, [record.id, ...names.records, ...tasks.values()]),
      members: await memberNames(reader, [...names.members, ...(record.owner ? [record.owner] : [])]),
      tasks,
    };
  });
}

function tasksByRule(own: readonly TraceRecord[]): Map<string, string> {
  const open = own.filter(
    (record) => record.kind === 'task' && (record.state === 'open' || record.state === 'under-way'),
  );
  return new Map(
    open.flatMap(({ id, fields }) => (typeof fields.rule === 'string' ? [[fields.rule, id] as const] : [])),
  );
}
