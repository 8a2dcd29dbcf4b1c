import { DomainError } from '@throughline/domain/errors.ts';
import { lineObstacles } from '@throughline/domain/gates/answers.ts';
import { type Asked, askedOf, type Criterion, deriveCriteria } from '@throughline/domain/gates/derive.ts';
import { finderIn, isSeenNow, type Seen, seenBy, seenObstacles } from '@throughline/domain/gates/seen.ts';
import { type GateType, gateOfStage, roundOf } from '@throughline/domain/gates/stages.ts';
import {
  type Entered,
  enteredAfterwards,
  exceptionEnd,
  exceptionOf,
  type GateStanding,
  gateStanding,
  openGates,
} from '@throughline/domain/gates/standing.ts';
import { type Condition, conditionObstacles, conditionsOf } from '@throughline/domain/kinds/conditions.ts';
import {
  blankObstacles,
  type CriterionRow,
  cellWords,
  criteriaRows,
  exceptionIn,
  exceptionObstacle,
  type GateException,
} from '@throughline/domain/kinds/gate-rows.ts';
import type { Content } from '@throughline/domain/kinds/kind.ts';
import { Clock } from '@throughline/domain/trace/clock.ts';
import type { Context } from '@throughline/domain/trace/context.ts';
import type { SystemInputs, TraceRecord } from '@throughline/domain/trace/inputs.ts';
import type { OrganisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { textOf } from '@throughline/domain/trace/read.ts';
import { systemFacts } from '@throughline/domain/trace/system-facts.ts';
import { admissionLack } from '../../records/admission.ts';
import { type Fulfillers, fulfillers } from '../../records/fulfilled.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { By } from '../../records/two-hands.ts';
import type { Services } from '../../services.ts';
import type { Reader } from '../../store/reader.ts';
import { type Asker, narrowingOf } from '../../store/reading.ts';
import { memberNames, type RefRow, recordsById, refsById } from '../../store/records.ts';
import { stageSince } from '../../store/stage-since.ts';
import type { StoredRecord } from '../../store/stored-record.ts';

/** Who reads what a line is judged from: the door knows, so that no feature knows another. */
export type LineSource = (
  reader: Reader,
  systems: readonly string[],
) => Promise<{ readonly facts: OrganisationFacts; readonly systems: ReadonlyMap<string, SystemInputs> }>;

export type ExceptionView = {
  readonly type: GateException;
  readonly until: string;
  readonly over: boolean;
  readonly gate: string;
  /** An exception falls like any gate, also before its end. */
  readonly standing: GateStanding;
};
export type ConditionView = Condition & {
  readonly gate: string;
  readonly over: boolean;
  /** Who could call it fulfilled; `null` where it is. */
  readonly fulfillers: Fulfillers | null;
};
export type GateSheet = {
  readonly record: StoredRecord;
  readonly type: GateType;
  readonly criteria: readonly Criterion[];
  readonly rows: readonly CriterionRow[];
  readonly current: boolean;
  readonly obstacles: readonly string[];
  readonly standing: GateStanding | null;
  readonly exception: ExceptionView | null;
  readonly entered: Entered | null;
  readonly refs: ReadonlyMap<string, RefRow>;
  /** Names of people whom sentences name. */
  readonly names: ReadonlyMap<string, string>;
};
export type SystemGates = {
  readonly record: StoredRecord;
  readonly next: {
    readonly type: GateType;
    readonly asked: string | null;
    readonly open: string | null;
    readonly criteria: readonly Criterion[];
  } | null;
  readonly passed: readonly { readonly id: string; readonly type: string; readonly standing: GateStanding }[];
  readonly exceptions: readonly ExceptionView[];
  readonly conditions: readonly ConditionView[];
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly names: ReadonlyMap<string, string>;
};

type Judged = { readonly c: Context; readonly inputs: SystemInputs };
type Named = (criteria: readonly Criterion[]) => readonly string[];

async function judgedFor(source: LineSource, reader: Reader, system: string): Promise<Judged> {
  const { facts, systems } = await source(reader, [system]);
  const inputs = systems.get(system);
  if (!inputs) throw new DomainError('conflict', 'This system is archived: its gates are no longer judged.');
  return { c: contextOf(facts, inputs), inputs };
}

export const contextOf = (facts: OrganisationFacts, inputs: SystemInputs): Context => ({
  organisation: facts,
  system: systemFacts(inputs, facts),
  clock: new Clock(facts.today),
});

/** Judged from everything, named as whoever asks may know it: as the line is read. */
async function through<T extends { readonly ids: readonly string[]; readonly people: readonly string[] }>(
  services: Services,
  asked: Asker,
  load: (reader: Reader) => Promise<StoredRecord>,
  judge: (reader: Reader, record: StoredRecord) => Promise<T>,
): Promise<{ record: StoredRecord; judged: T } & Pick<GateSheet, 'refs' | 'names'>> {
  const { store } = services;
  if (narrowingOf(asked.actor, services.registry) === null)
    return store.read(asked, async (reader) => {
      const record = await load(reader);
      const judged = await judge(reader, record);
      return { record, judged, ...(await namesFor(reader, record, judged)) };
    });
  const record = await store.read(asked, load);
  const judged = await store.readWhole(asked.organisation, (reader) => judge(reader, record));
  return { record, judged, ...(await store.read(asked, (reader) => namesFor(reader, record, judged))) };
}

const namesFor = async (
  reader: Reader,
  record: StoredRecord,
  { ids, people }: { readonly ids: readonly string[]; readonly people: readonly string[] },
): Promise<Pick<GateSheet, 'refs' | 'names'>> => ({
  refs: await refsById(reader, [record.id, ...ids]),
  names: await memberNames(reader, people),
});

const peopleIn = (criteria: readonly Criterion[]): string[] =>
  criteria.flatMap(({ says }) =>
    says.flatMap((sentence) =>
      sentence.flatMap((part) => (typeof part !== 'string' && 'member' in part ? [part.member] : [])),
    ),
  );

/** A gate as it is answered: what the line says of each criterion now, and how its rows have it. */
export async function readGate(
  services: Services,
  source: LineSource,
  asked: Asker & { readonly ref: string },
  named: Named,
): Promise<GateSheet> {
  const kind = services.registry.get('gate');
  ensureMay(asked.actor, kind, 'read');
  const { record, judged, refs, names } = await through(
    services,
    asked,
    (reader) => loadReadable(reader, asked.actor, kind, asked.ref),
    async (reader, gate) => {
      const { c, inputs } = await judgedFor(source, reader, gate.system ?? '');
      const own = inputs.own.find(({ id }) => id === gate.id);
      const question = own && askedOf(own);
      if (!own || !question) throw new DomainError('conflict', 'This gate is archived.');
      const criteria = criteriaOf(services, c, inputs, question);
      const standing = own.state === 'passed' ? gateStanding(c, own) : null;
      const exception = exceptionView(c, own);
      const ids = [...named(criteria), ...(standing?.fallen ?? []), c.system.record.id];
      const version = inputs.own.find(({ id }) => id === question.version) ?? null;
      const admission =
        exceptionIn(own.fields) === 'retrospective'
          ? await admissionLack(reader, c.organisation, { system: inputs.system, version })
          : undefined;
      return {
        admission,
        today: c.organisation.today,
        criteria,
        seen: seenBy(criteria, finderIn(inputs, c.organisation), gate.id),
        type: question.type,
        standing,
        exception,
        entered: enteredAfterwards(c, own),
        ids,
        people: peopleIn(criteria),
      };
    },
  );
  const { fields } = record.content;
  const exception = exceptionIn(fields);
  // Days are those of the organisation, as the step itself counts them.
  const now = judged.today;
  const byRows =
    exception === null
      ? [...blankObstacles(fields), ...conditionObstacles(fields, now)]
      : [exceptionObstacle(fields, exception, now)];
  return {
    ...judged,
    record,
    refs,
    names,
    rows: criteriaRows(fields),
    current: agree(record.content, judged),
    obstacles: obstaclesOf(record.content, judged, exception).concat(
      byRows.filter((one) => one !== undefined),
    ),
  };
}

type Derived = { readonly criteria: readonly Criterion[]; readonly seen: Seen };

/** What keeps it from being passed by what the line says now; rows that were not taken yet are not old besides. */
function obstaclesOf(
  content: Content,
  { criteria, seen, admission }: Derived & { readonly admission: string | undefined },
  exception: GateException | null,
): string[] {
  const byLine = lineObstacles(content.fields, criteria, exception);
  const old = byLine.length > 0 ? [] : seenObstacles(content, criteria, seen);
  return [...byLine, ...old, ...(admission === undefined ? [] : [admission])];
}

const agree = (content: Content, { criteria, seen }: Derived): boolean => {
  const taken = criteriaRows(content.fields).filter((row) => cellWords(row, 'key') !== '');
  return (
    taken.length === criteria.length &&
    isSeenNow(content, criteria, seen) &&
    criteria.every(({ key, text, finding }) =>
      taken.some(
        (row) =>
          cellWords(row, 'key') === key &&
          cellWords(row, 'criterion') === text.slice(0, 400).trim() &&
          cellWords(row, 'finding') === finding,
      ),
    )
  );
};

const criteriaOf = (services: Services, c: Context, inputs: SystemInputs, asked: Asked): Criterion[] =>
  deriveCriteria({ organisation: c.organisation, inputs, catalogue: services.catalogue }, asked);

function exceptionView(c: Context, gate: TraceRecord): ExceptionView | null {
  const [type, end] = [exceptionOf(gate), exceptionEnd(c, gate)];
  return type && end && gate.state === 'passed'
    ? { type, ...end, gate: gate.id, standing: gateStanding(c, gate) }
    : null;
}

/** The conditions of the gates that were passed, with who could call each fulfilled that is open. */
async function conditionViews(
  reader: Reader,
  by: By,
  c: Context,
  gates: readonly TraceRecord[],
): Promise<ConditionView[]> {
  const open = gates.filter(({ state }) => state === 'passed');
  const listed = open.flatMap((gate) =>
    conditionsOf(gate.fields, c.clock.today).map((one) => ({ ...one, gate: gate.id })),
  );
  const stored = await recordsById(reader, [...new Set(listed.map(({ gate }) => gate))]);
  // Whoever sees to several of a gate is asked about once.
  const known = new Map<string, Promise<Fulfillers>>();
  const whoCould = (gate: StoredRecord, owner: string | null): Promise<Fulfillers> => {
    const key = `${gate.id} ${owner}`;
    const found = known.get(key) ?? fulfillers(reader, by, gate, owner);
    known.set(key, found);
    return found;
  };
  const views: ConditionView[] = [];
  for (const one of listed) {
    const isOpen = one.fulfilledOn === null;
    const gate = isOpen ? stored.get(one.gate) : undefined;
    views.push({
      ...one,
      over: isOpen && one.by !== null && c.clock.over(one.by),
      fulfillers: gate ? await whoCould(gate, one.owner) : null,
    });
  }
  return views;
}

/** Where a system is in its life cycle, what its next gate asks and misses, and which passed gates stand. */
export async function readSystemGates(
  services: Services,
  source: LineSource,
  asked: Asker & { readonly ref: string; readonly type?: GateType | undefined },
  named: Named,
): Promise<SystemGates> {
  const kind = services.registry.get('system');
  ensureMay(asked.actor, kind, 'read');
  ensureMay(asked.actor, services.registry.get('gate'), 'read');
  const { record, judged, refs, names } = await through(
    services,
    asked,
    (reader) => loadReadable(reader, asked.actor, kind, asked.ref),
    async (reader, system) => {
      const { c, inputs } = await judgedFor(source, reader, system.id);
      const gates = inputs.own.filter((one) => one.kind === 'gate' && !one.archived);
      const passed = gates
        .filter(({ state }) => state === 'passed')
        .map((gate) => ({
          id: gate.id,
          type: textOf(gate, 'type') ?? '',
          standing: gateStanding(c, gate),
        }));
      const exceptions = gates.flatMap((gate) => exceptionView(c, gate) ?? []);
      const next = await nextOf(services, reader, { c, inputs }, gates, asked.type);
      const ids = [
        ...gates.map(({ id }) => id),
        ...passed.flatMap(({ standing }) => standing.fallen),
        ...named(next?.criteria ?? []),
      ];
      const by = { actor: asked.actor, at: services.clock() };
      const conditions = await conditionViews(reader, by, c, gates);
      const people = [...peopleIn(next?.criteria ?? []), ...conditions.flatMap(({ owner }) => owner ?? [])];
      return { next, passed, exceptions, conditions, ids, people };
    },
  );
  return { ...judged, record, refs, names };
}

async function nextOf(
  services: Services,
  reader: Reader,
  { c, inputs }: Judged,
  gates: readonly TraceRecord[],
  wanted: GateType | undefined,
): Promise<SystemGates['next']> {
  const type = wanted ?? gateOfStage(inputs.system.state)?.gate ?? null;
  if (type === null) return null;
  const waiting = gates.findLast((gate) => gate.state === 'asked' && textOf(gate, 'type') === type);
  const version = inputs.own.findLast((one) => one.kind === 'system-version' && one.state === 'built');
  const question: Asked = (waiting && askedOf(waiting)) ?? {
    type,
    record: null,
    version: version?.id ?? null,
    useCases: [],
  };
  return {
    type,
    asked: waiting?.id ?? null,
    open: openGates(c, type, await stageSince(reader, inputs.system.id, roundOf(type))).at(-1)?.id ?? null,
    criteria: criteriaOf(services, c, inputs, question),
  };
}
