import type { StationId } from '@throughline/catalogue/vocabulary.ts';
import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError, notYet } from '@throughline/domain/errors.ts';
import { readingScope } from '@throughline/domain/permissions.ts';
import { combine } from '@throughline/domain/trace/combine.ts';
import type { SystemInputs, TraceRecord } from '@throughline/domain/trace/inputs.ts';
import type { OrganisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { type SealedFindings, sealedFindings } from '@throughline/domain/trace/sealed.ts';
import { systemFacts } from '@throughline/domain/trace/system-facts.ts';
import type { StationResult, Trace } from '@throughline/domain/trace/types.ts';
import type { LogFaultWire } from '@throughline/domain/wire-log.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { logIndexAt } from '../../store/history.ts';
import { lastFaults } from '../../store/log-checkpoint.ts';
import type { Reader } from '../../store/reader.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';
import { sealedAbout } from '../../store/sealed-about.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { type FactsCache, readInputs } from './facts.ts';
import { inputsAsOf } from './inputs-as-of.ts';

export type TraceView = {
  readonly trace: Trace;
  /** What sealed records add for whoever reads, by station. */
  readonly sealed: ReadonlyMap<StationId, SealedFindings>;
  readonly owner: string | null;
  readonly index: number;
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly members: ReadonlyMap<string, string>;
  /** Open tasks of the system that are to close a gap. */
  readonly tasks: readonly OpenTask[];
  /** What the last verification of the log found; of an earlier moment nothing, for it was found since. */
  readonly faults: readonly LogFaultWire[];
};

export type OpenTask = {
  readonly id: string;
  readonly rule: string;
  /** A member's id. */
  readonly assignee: string | null;
  readonly due: string | null;
  /** Ids of the records it is about: a rule may have several gaps. */
  readonly concerns: readonly string[];
};

type Named = (
  stations: readonly Pick<StationResult, 'statement' | 'gaps' | 'unverifiable' | 'records'>[],
) => { records: string[]; members: string[] };

/**
 * The line of one system, as of now or of an earlier moment: always computed from what stands or stood, never from the
 * kept rows, so a page never shows an old verdict. A party of sealed records reads what these add
 * beside the line, which is the same for everybody. `named` says which records and people the presenter will name; they are read in the same transaction.
 */
export async function readTrace(
  services: Services,
  cache: FactsCache,
  asked: {
    readonly organisation: string;
    readonly actor: Actor;
    readonly ref: string;
    readonly asOf?: Date | undefined;
  },
  named: Named,
): Promise<TraceView> {
  const kind = services.registry.get('system');
  ensureMay(asked.actor, kind, 'read');
  const { store } = services;
  const load = (reader: Reader) => loadReadable(reader, asked.actor, kind, asked.ref);
  const judge = (reader: Reader, record: StoredRecord) =>
    asked.asOf ? then(services, reader, record.id, asked.asOf) : now(services, cache, reader, record);
  const view = async (reader: Reader, judged: Judged) => {
    // Of an earlier moment nobody knows who was a party of what: it is judged on what everybody reads.
    const sealed = asked.asOf ? [] : await sealedAbout(reader, judged.own.system.id);
    const [seen, faults] = await Promise.all([
      viewOf(services, reader, judged, sealed, named),
      asked.asOf ? [] : lastFaults(reader),
    ]);
    return { ...seen, faults };
  };
  if (readingScope(asked.actor) === null)
    return store.read(asked, async (reader) => view(reader, await judge(reader, await load(reader))));
  // A line says how a system stands, not what one reader may see of it: judged from everything, then named as they may know it.
  const record = await store.read(asked, load);
  const judged = await store.readWhole(asked.organisation, (reader) => judge(reader, record));
  return store.read(asked, (reader) => view(reader, judged));
}

async function viewOf(
  { catalogue }: Services,
  reader: Reader,
  { own, facts, at, index }: Judged,
  added: readonly TraceRecord[],
  named: Named,
): Promise<Omit<TraceView, 'faults'>> {
  const judged = (inputs: SystemInputs) => combine(facts, systemFacts(inputs, facts), catalogue, at);
  const trace = judged(own);
  const sealed =
    added.length === 0
      ? new Map<StationId, SealedFindings>()
      : sealedFindings(
          judged({ ...own, shared: [...own.shared, ...added] }),
          new Set(added.map(({ id }) => id)),
        );
  const tasks = tasksOf(own.own);
  const names = namesIn(named, trace, sealed);
  const assignees = tasks.map((task) => task.assignee);
  const people = [own.system.owner, ...assignees].filter((member) => member !== null);
  const [refs, members] = await Promise.all([
    refsById(reader, [own.system.id, ...names.records, ...tasks.map((task) => task.id)]),
    memberNames(reader, [...names.members, ...people]),
  ]);
  return { trace, sealed, owner: own.system.owner, index, refs, members, tasks };
}

/** Records and people of the line, and of what is added to it. */
function namesIn(named: Named, trace: Trace, sealed: TraceView['sealed']): ReturnType<Named> {
  const { records, members } = named(trace.stations);
  const more = named([...sealed.values()].map((found) => ({ ...found, statement: [], records: [] })));
  return { records: [...records, ...more.records], members: [...members, ...more.members] };
}

type Judged = {
  readonly own: SystemInputs;
  readonly facts: OrganisationFacts;
  readonly at: Date;
  readonly index: number;
};

async function now(
  services: Services,
  cache: FactsCache,
  reader: Reader,
  record: StoredRecord,
): Promise<Judged> {
  const at = services.clock();
  // What does not wait for each other goes out together: each turn of asking and answering wakes two processes up.
  const [inputs, index] = await Promise.all([readInputs(reader, cache, [record.id]), logIndexAt(reader, at)]);
  const own = inputs.systems.get(record.id);
  if (!own || record.archivedAt)
    throw new DomainError('conflict', 'This system is archived: its line is no longer counted.');
  return { own, facts: inputs.organisation.facts, at, index: index ?? -1 };
}

async function then(services: Services, reader: Reader, system: string, asOf: Date): Promise<Judged> {
  const at = asOf > services.clock() ? services.clock() : asOf;
  const index = await logIndexAt(reader, at);
  if (index === null) throw notYet(at);
  const { own, facts } = await inputsAsOf(services, reader, system, { index, at });
  if (!own) throw notYet(at);
  return { own, facts, at, index };
}

function tasksOf(own: readonly TraceRecord[]): OpenTask[] {
  const open = own.filter(
    (record) => record.kind === 'task' && (record.state === 'open' || record.state === 'under-way'),
  );
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return open.flatMap(({ id, fields: { rule, assignee, due }, links }) =>
    typeof rule === 'string'
      ? [{ id, rule, assignee: text(assignee), due: text(due), concerns: links.concerns ?? [] }]
      : [],
  );
}
