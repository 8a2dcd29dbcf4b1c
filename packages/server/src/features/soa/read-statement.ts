import type { InputsNow } from '@throughline/domain/approvals.ts';
import { highestLevel, isUnlimited } from '@throughline/domain/authority.ts';
import { readingScope } from '@throughline/domain/permissions.ts';
import type { Evidence, EvidenceFound } from '@throughline/domain/soa/evidence.ts';
import { groupsOf } from '@throughline/domain/soa/groups.ts';
import { drawnOn, statementOf } from '@throughline/domain/soa/statement.ts';
import type { Statement } from '@throughline/domain/soa/types.ts';
import type { OrganisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { linksOf } from '@throughline/domain/trace/read.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { inputsAt, inputsNow } from '../../store/approvals.ts';
import { logIndexAt } from '../../store/history.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';
import { recordsAsOf, refsAsOf } from '../../store/records-as-of.ts';
import { withCarried } from '../../store/soa.ts';
import { soaRecordsAsOf } from '../../store/soa-as-of.ts';
import { evidenceAsOf } from '../../store/soa-evidence.ts';
import type { Store } from '../../store/store.ts';
import { counted, EvidenceCache } from './kept-evidence.ts';
import { SoaCache } from './kept-facts.ts';

/** Who makes the organisation's facts, with every registered system: as of now, and when the log had an index. */
export type FactsSource = {
  readWithSystems(reader: Reader): Promise<{ readonly facts: OrganisationFacts }>;
  readWithSystemsAsOf(reader: Reader, then: Then): Promise<OrganisationFacts>;
};

type Then = { readonly index: number; readonly at: Date };

export type AskedStatement = Asker & {
  /** An earlier moment: the statement as the records gave it then. */
  readonly asOf?: Date | undefined;
  /** With the evidence that proves each control: every piece is looked at, so that it is asked for by itself. */
  readonly evidence?: true;
};

export type StatementView = {
  readonly at: Date;
  /** The place in the log; -1 before its first entry. */
  readonly index: number;
  readonly past: boolean;
  readonly organisation: { readonly name: string; readonly timeZone: string };
  /** Id of the statement of scope in force (4.3). */
  readonly scope: string | null;
  readonly statement: Statement;
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly members: ReadonlyMap<string, string>;
  /** By the id of the control's record; `null` where nobody asked for it. */
  readonly evidence: ReadonlyMap<string, Evidence> | null;
  /** No line of the table of authority limits who accepts a risk until a plan is done. */
  readonly unlimited: boolean;
};

type Named = (statement: Statement) => { records: string[]; members: string[] };
type Derived = Pick<StatementView, 'at' | 'index' | 'statement' | 'evidence'> & {
  readonly facts: OrganisationFacts;
  readonly moment: Then | null;
};

/**
 * The Statement of Applicability as it follows from the records now, or followed at an earlier moment. Whoever reads
 * within a scope gets what the systems inside it say; lines and controls are the whole organisation's.
 */
export async function readStatement(
  services: Services,
  source: FactsSource,
  asked: AskedStatement,
  named: Named,
): Promise<StatementView> {
  ensureMay(asked.actor, services.registry.get('applicability'), 'read');
  ensureMay(asked.actor, services.registry.get('control'), 'read');
  const { store } = services;
  const now = services.clock();
  const past = asked.asOf !== undefined && asked.asOf < now ? asked.asOf : null;
  const whole = async (reader: Reader): Promise<[Whole, Then | null]> => {
    if (past === null) return [await wholeOf(reader, source), null];
    const then = await placeOf(reader, past);
    const facts = await source.readWithSystemsAsOf(reader, then);
    return [{ facts, inputs: await inputsAt(reader, drawnOn(facts), then.index) }, then];
  };
  const view = async (reader: Reader, [read, then]: [Whole, Then | null]) => {
    const wanted = asked.evidence === true;
    const derived = then
      ? await derivedThen(reader, read, then, wanted)
      : await derivedNow(reader, read, { at: now, store, wanted });
    return viewOf(reader, derived, named);
  };
  if (readingScope(asked.actor) === null)
    return store.read(asked, async (reader) => view(reader, await whole(reader)));
  const [read, then] = await store.readWhole(asked.organisation, whole);
  return store.read(asked, async (reader) => view(reader, [await withinScope(reader, read), then]));
}

/** What everybody's statement is judged by, whoever asks. */
export type Whole = { readonly facts: OrganisationFacts; readonly inputs: InputsNow };

export async function wholeOf(reader: Reader, source: FactsSource): Promise<Whole> {
  const { facts } = await source.readWithSystems(reader);
  return { facts, inputs: await inputsNow(reader, drawnOn(facts)) };
}

/** Where the log stood at a moment: -1 before its first entry, when nothing was on record. */
const placeOf = async (reader: Reader, at: Date): Promise<Then> => ({
  at,
  index: (await logIndexAt(reader, at)) ?? -1,
});

async function derivedNow(
  reader: Reader,
  { facts, inputs }: Whole,
  { at, store, wanted }: { at: Date; store: Store; wanted: boolean },
): Promise<Derived> {
  const { statement, groups } = await SoaCache.of(store).derived(reader, facts, inputs);
  return {
    ...(await placeOf(reader, at)),
    statement,
    facts,
    moment: null,
    evidence: wanted
      ? byControl(statement, await EvidenceCache.of(store).found(reader, facts, groups))
      : null,
  };
}

async function derivedThen(
  reader: Reader,
  { facts, inputs }: Whole,
  then: Then,
  wanted: boolean,
): Promise<Derived> {
  const records = await soaRecordsAsOf(reader, then.index);
  const at = async (ids: readonly string[]) =>
    (await recordsAsOf(reader, then.index, { ids })).filter(({ archived }) => !archived);
  const borne = new Set(records.flatMap((record) => linksOf(record, 'interimRisk')));
  const interim = await withCarried(await at([...borne]), at);
  const groups = groupsOf(records);
  const statement = statementOf({
    organisation: facts,
    groups,
    inputs,
    interim: new Map(interim.map((one) => [one.id, one])),
  });
  const pieces = evidenceAsOf(reader, then.index);
  const evidence = wanted ? byControl(statement, await counted(facts, groups, pieces)) : null;
  return { ...then, statement, facts, moment: then, evidence };
}

/** What was found by the id of each control's record. */
const byControl = ({ rows }: Statement, found: EvidenceFound): Map<string, Evidence> =>
  new Map(rows.flatMap(({ control }) => (control ? [[control.id, found.of(control.id)]] : [])));

async function viewOf(
  reader: Reader,
  { at, index, statement, facts, moment, evidence }: Derived,
  named: Named,
): Promise<StatementView> {
  const { name, timeZone } = facts.inputs;
  const scope = (facts.documents.get('MD-01') ?? []).find((document) => facts.approved(document) !== null);
  const names = named(statement);
  const proving = [...(evidence?.values() ?? [])].flatMap(piecesNamed);
  const records = [...names.records, ...(scope ? [scope.id] : []), ...proving];
  const refs = await refsAsOf(reader, records, moment?.index ?? null);
  const members = await memberNames(reader, names.members);
  return {
    ...{ at, index, statement, refs, members, evidence },
    past: moment !== null,
    organisation: { name, timeZone },
    scope: scope?.id ?? null,
    unlimited: interimUnlimited(facts),
  };
}

/** Whether whoever has a role accepts the risk until a plan is done, at every level (8.3). */
export const interimUnlimited = ({ inputs, today }: OrganisationFacts): boolean =>
  isUnlimited(inputs.authority, { dimension: 'interim_risk', level: highestLevel }, today);

/** Ids of the pieces that evidence is shown by. */
export const piecesNamed = ({ first, newest }: Evidence): string[] => [
  ...first.map(({ id }) => id),
  ...(newest ? [newest.record.id] : []),
];

/** The same with the systems alone that the reader may see: nothing counts the others. */
export async function withinScope(reader: Reader, { facts, inputs }: Whole): Promise<Whole> {
  const seen = await refsById(reader, [...facts.systems.keys()]);
  const systems = new Map([...facts.systems].filter(([id]) => seen.has(id)));
  return { facts: { ...facts, systems }, inputs };
}
