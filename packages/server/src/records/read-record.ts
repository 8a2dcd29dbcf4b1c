import type { Actor } from '@throughline/domain/actor.ts';
import {
  type Approval,
  approvalStanding,
  type InputsNow,
  inForce,
  type Standing,
} from '@throughline/domain/approvals.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { type Bar, barOf, type Deed } from '@throughline/domain/duties.ts';
import { DomainError, notFound, notYet } from '@throughline/domain/errors.ts';
import type { Hands } from '@throughline/domain/finding-answer.ts';
import { freeStates } from '@throughline/domain/kinds/beginning.ts';
import { type Kind, type Lack, lackIn } from '@throughline/domain/kinds/kind.ts';
import { peopleIn } from '@throughline/domain/kinds/people-in.ts';
import type { RecordAct, RecordFacts } from '@throughline/domain/permissions.ts';
import type { UnseenFinding } from '@throughline/domain/trace/unseen-findings.ts';
import type { Services } from '../services.ts';
import { approvalsAt, inputsAt, inputsNow } from '../store/approvals.ts';
import { dutyWaivers, type WrittenWaiver } from '../store/duty-waivers.ts';
import { erasureOf } from '../store/erasures.ts';
import {
  archivedAsOf,
  authorsAfter,
  logIndexAt,
  revisionAsOf,
  revisionAt,
  revisionsOf,
  type StoredRevision,
} from '../store/history.ts';
import { rowsBehind, stateBroughtIn, type WroteRow } from '../store/import-traces.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import {
  actorNames,
  externalIds,
  factsOf,
  type InverseRow,
  inverseLinks,
  type RefRow,
  refsById,
} from '../store/records.ts';
import { type Recusal, recusalsOf } from '../store/recusals.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { auditedHands } from './audited.ts';
import { isBeyondAuthority } from './beyond-authority.ts';
import { bindingDuties } from './binding.ts';
import { type Decider, type Duties, decidedOf, decidersOf, dutiesFor, readDuties } from './deciders.ts';
import { type FoundBefore, findingBefore } from './found.ts';
import { dependentStates } from './independence.ts';
import { lackOf } from './lack.ts';
import { ensureMay, loadReadable } from './load.ts';
import { noWork, type WorkDone, workDone } from './named-before.ts';
import { type OwnErasing, ownErasing } from './own-erasing.ts';
import { isOfOwnWork } from './own-work.ts';
import { type Marks, marksOf } from './standings.ts';
import { assessedBefore, type SystemMoved, systemMoved } from './system-moved.ts';
import { goingOnObstacle } from './taken-back.ts';
import { calledForObstacle, goneObstacle } from './two-hands.ts';
import { assessmentsIn, unseenOf } from './unseen.ts';
import { readValueNames } from './value-names.ts';
import { type Named, type Through, throughOf, whoCould } from './who-could.ts';

/** Everything that a record's page shows, read at one moment. */
export type RecordView = {
  readonly record: StoredRecord;
  readonly kind: Kind;
  readonly facts: RecordFacts;
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly inverse: readonly InverseRow[];
  readonly marks: Marks;
  readonly approvals: readonly Approval[];
  readonly standing: Standing;
  /** What the inputs of its approvals are now. */
  readonly inputs: InputsNow;
  readonly external: readonly { source: string; key: string }[];
  readonly members: ReadonlyMap<string, string>;
  readonly newest: StoredRevision | undefined;
  /** What an approval of this version is judged by; `null` where there is none to give. */
  readonly duties: Duties | null;
  /** What taking back an approval that binds is judged by; `null` where none does. */
  readonly binding: Duties | null;
  /** Why this version is not whole enough to be approved, in words; nothing where it is. */
  readonly lack: Lack | undefined;
  /** The approval in force lets through more than its giver had authority for: somebody who has confirms it. */
  readonly beyond: boolean;
  /** The approval in force turned out to be of the work of whoever gave it (see `isOfOwnWork`). */
  readonly own: boolean;
  /** Persons who changed what made the approval in force stale: they do not say that it had no effect. */
  readonly staleBar: Bar | null;
  /** Findings that whoever gave the approval in force did not see; of risks and plans alone. */
  readonly unseen: readonly UnseenFinding[];
  /** What changed in its system since the approval in force; nothing where nothing did. */
  readonly moved: SystemMoved | undefined;
  /** Members who could approve this version as it stands. */
  readonly deciders: readonly Decider[];
  /** Who stood back from this record or its system. */
  readonly recusals: readonly Recusal[];
  /** Waivers under which acts on it were given. */
  readonly waivers: readonly WrittenWaiver[];
  /** Who was named for the work, and did it, where a step is not taken by its doer. */
  readonly work: WorkDone;
  /** The file that says its state where no free step leads there: nobody decided it here. */
  readonly broughtIn: { readonly file: string; readonly at: Date } | null;
  /** What was found before it was opened again, and who opened it; `null` where it stands as it was found, or never was. */
  readonly foundBefore: FoundBefore | null;
  /** The organisation's day, by which steps are judged as they are when they are taken. */
  readonly today: string;
  readonly asOf: { readonly at: Date; readonly index: number } | null;
  /** Who could do what whoever asks may not; absent where nobody asks. */
  readonly able?: ReadonlyMap<RecordAct, readonly Named[]>;
  /** Who whoever asks is to what auditors said; `null` where they said nothing. */
  readonly hands?: Hands | null;
  /** States in which somebody would judge who had a part in what is judged, with the words for it. */
  readonly dependent?: ReadonlyMap<string, string>;
  /** Why it is not archived while it goes on; nothing where it may be. */
  readonly goesOn?: string | undefined;
  /** Why whoever asks does not erase it, as they wrote it; nothing where they may. */
  readonly ownErasing?: OwnErasing | undefined;
  /** What gives whoever asks rights beside their own. */
  readonly through?: Through | null;
};

type Asked = {
  readonly organisation: string;
  readonly actor: Actor;
  readonly kind: Kind;
  readonly ref: string;
};
const inverseAtMost = 50;
/** What a page offers of a record; who could approve it is told by its deciders. */
const refusable: readonly RecordAct[] = ['edit', 'transition', 'archive', 'comment', 'erase'];

export async function readRecord(
  services: Services,
  asked: Asked & { readonly asOf?: Date | undefined },
): Promise<RecordView> {
  ensureMay(asked.actor, asked.kind, 'read');
  return services.store.read(asked, async (reader) => {
    const now = await loadReadable(reader, asked.actor, asked.kind, asked.ref);
    const past = asked.asOf ? await asItStood(reader, now, asked.asOf) : null;
    const asOf = past ? { at: past.at, index: past.index } : null;
    const view = await viewOf(services, reader, asked.kind, past?.record ?? now, asOf);
    if (asOf) return view;
    const able = await whoCould(reader, asked.actor, refusable, view.facts, services.clock());
    const through = await throughOf(reader, asked.actor);
    const hands = await auditedHands(reader, asked.actor, now, { act: 'archive' }, services.clock());
    const dependent = await dependentStates(reader, asked.kind, now, services.clock());
    const by = { actor: asked.actor, at: services.clock() };
    const goesOn =
      (await goingOnObstacle(reader, asked.kind, now)) ??
      (await goneObstacle(reader, by, asked.kind, now, { archived: true })) ??
      (await calledForObstacle(reader, now));
    const own = now.archivedAt && (await ownErasing(reader, asked.actor, now, services.clock()));
    return { ...view, able, through, hands, dependent, goesOn, ...(own ? { ownErasing: own } : {}) };
  });
}

/** The view of a record that is loaded already, inside any reader: a change answers with it too. */
export async function viewOf(
  services: Services,
  reader: Reader,
  kind: Kind,
  record: StoredRecord,
  asOf: RecordView['asOf'] = null,
): Promise<RecordView> {
  const { catalogue, clock } = services;
  const approvals = await approvalsAt(reader, record.id, asOf?.index ?? null);
  const basis = approvals.flatMap((act) => act.basis.map((item) => item.record));
  const inputs = asOf ? await inputsAt(reader, basis, asOf.index) : await inputsNow(reader, basis);
  const unseen = (await unseenOf(reader, [record], asOf?.index ?? null)).get(record.id) ?? [];
  const when = { at: asOf?.at ?? clock(), index: asOf?.index ?? null };
  const moved = await systemMoved(reader, record, approvals, when);
  const beyond = asOf ? false : await isBeyondAuthority(reader, record, approvals);
  const beside = [...assessmentsIn(unseen), ...(moved?.records ?? [])];
  const standing = approvalStanding(approvals, inputs, beside, beyond);
  const linked = Object.values(record.content.links).flat();
  const home = record.system ? [record.system] : [];
  const around = [...home, ...(moved?.records ?? []), ...assessmentsIn(unseen)];
  const refs = await refsById(reader, [...linked, ...basis, ...around]);
  const newest = await revisionAt(reader, record.id, record.version);
  const inverse = asOf ? [] : await inverseLinks(reader, record.id, inverseAtMost);
  const near = [...linked.flatMap((id) => refs.get(id) ?? []), ...inverse];
  const facts = await factsOf(reader, record);
  const recusals = asOf ? [] : await recusalsOf(reader, [record.id, record.system]);
  const foundBefore = asOf ? null : await findingBefore(reader, kind, record);
  const duties = asOf ? null : await dutiesOf(reader, kind, record, approvals, clock());
  return {
    record,
    kind,
    facts,
    refs,
    inverse,
    marks: await marksOf(reader, asOf ? [] : near, when.at),
    approvals,
    standing,
    inputs,
    external: await externalIds(reader, record.id),
    members: await actorNames(
      reader,
      membersIn(kind, record, approvals, newest, [
        ...recusals.map((one) => one.member),
        ...(foundBefore ? [foundBefore.opened.by.id] : []),
      ]),
    ),
    newest,
    duties,
    binding: duties && (await bindingDuties(reader, kind, record, approvals, duties)),
    lack: duties
      ? ((await lackOf(reader, catalogue, kind, record, clock())) ??
        lackIn([], await assessedBefore(reader, record, approvals, when)))
      : undefined,
    beyond,
    own: duties && kind.approvable ? await isOfOwnWork(reader, kind, record.id, approvals, duties) : false,
    staleBar: duties ? barOf('author', await staleAuthors(reader, standing), duties.who) : null,
    unseen,
    moved,
    deciders:
      duties && kind.approvable
        ? await decidersOf(reader, kind, { content: record.content, facts }, duties)
        : [],
    recusals,
    waivers: approvals.some((act) => act.waived) ? await dutyWaivers(reader) : [],
    broughtIn: await broughtIn(reader, kind, record),
    foundBefore,
    work: asOf || !duties ? noWork : await workDone(reader, kind, record, duties.who),
    today: dayIn(clock(), (await organisationSettings(reader)).timeZone),
    asOf,
  };
}

/** What a free step leads to anybody may say, so that only the other states are looked up. */
async function broughtIn(reader: Reader, kind: Kind, { id, state, version }: StoredRecord) {
  if (freeStates(kind, kind.lifecycle.initial).has(state)) return null;
  return (await stateBroughtIn(reader, id, version)) ?? null;
}

/** What decisions and steps are judged by; nothing is read where the kind knows neither. */
async function dutiesOf(
  reader: Reader,
  kind: Kind,
  record: StoredRecord,
  acts: readonly Approval[],
  now: Date,
): Promise<Duties | null> {
  const judged = Object.values(kind.lifecycle.transitions).some((step) => step.notBy || step.takenBy);
  if (!kind.approvable && !judged) return null;
  const duties = await readDuties(reader, now);
  return dutiesFor(reader, kind, decidedOf(record), acts, duties);
}

async function staleAuthors(reader: Reader, standing: Standing): Promise<Deed[]> {
  if (standing.status !== 'approved' || standing.stale.length === 0) return [];
  return authorsAfter(reader, standing.stale, new Date(standing.approval.at));
}

export async function readHistory(
  services: Services,
  asked: Asked & {
    readonly before?: number | undefined;
    readonly limit: number;
    /** Without edits that change nothing material. */
    readonly significant?: boolean;
  },
) {
  ensureMay(asked.actor, asked.kind, 'read');
  return services.store.read(asked, async (reader) => {
    const record = await loadReadable(reader, asked.actor, asked.kind, asked.ref);
    const revisions = await revisionsOf(reader, record.id, {
      limit: asked.limit,
      significant: asked.significant === true,
      ...(asked.before === undefined ? {} : { before: asked.before }),
    });
    const bare = revisions.some((revision) => revision.fields === null);
    const erased = bare ? await erasureOf(reader, record.id) : undefined;
    const named = await readValueNames(reader, services.catalogue, asked.kind, revisions);
    const eraser = erased ? await actorNames(reader, [erased.by.id]) : [];
    return { revisions, erased, ...named, people: new Map([...named.people, ...eraser]) };
  });
}

const rowsAtMost = 50;

/** The rows of files that wrote a record, for whoever may read the record. */
export async function readRawRows(services: Services, asked: Asked): Promise<WroteRow[]> {
  ensureMay(asked.actor, asked.kind, 'read');
  return services.store.read(asked, async (reader) => {
    const record = await loadReadable(reader, asked.actor, asked.kind, asked.ref);
    return rowsBehind(reader, record.id, rowsAtMost);
  });
}

/** Two versions of one record, for a comparison side by side. */
export async function compareVersions(
  services: Services,
  asked: Asked & { readonly from: number; readonly to: number },
) {
  ensureMay(asked.actor, asked.kind, 'read');
  return services.store.read(asked, async (reader) => {
    const record = await loadReadable(reader, asked.actor, asked.kind, asked.ref);
    const [from, to] = [
      await revisionAt(reader, record.id, asked.from),
      await revisionAt(reader, record.id, asked.to),
    ];
    if (!from || !to) throw new DomainError('not-found', 'There is no such version of this record.');
    return { from, to, ...(await readValueNames(reader, services.catalogue, asked.kind, [from, to])) };
  });
}

async function asItStood(
  reader: Reader,
  now: StoredRecord,
  at: Date,
): Promise<{ record: StoredRecord; at: Date; index: number }> {
  const index = await logIndexAt(reader, at);
  const revision = index === null ? undefined : await revisionAsOf(reader, now.id, index);
  if (index === null || revision === undefined) throw notYet(at);
  // What was erased since says nothing any more.
  if (!revision.fields || !revision.links) throw notFound();
  const title = revision.fields[reader.registry.get(now.kind).title];
  return {
    at,
    index,
    record: {
      ...now,
      title: typeof title === 'string' ? title : now.title,
      state: revision.state,
      version: revision.version,
      schema: revision.schema,
      content: { fields: revision.fields, links: revision.links },
      digest: revision.digest,
      updatedAt: revision.at,
      inForce: inForce(await approvalsAt(reader, now.id, index))?.version ?? null,
      archivedAt: await archivedAsOf(reader, now.id, revision.version),
    },
  };
}

function membersIn(
  kind: Kind,
  record: StoredRecord,
  approvals: readonly Approval[],
  newest: StoredRevision | undefined,
  recused: readonly string[],
): string[] {
  const acted = approvals.flatMap((act) => [act.by, ...(act.onBehalfOf === null ? [] : [act.onBehalfOf])]);
  const wrote = newest ? [newest.actor_id] : [];
  return [...acted, ...peopleIn(kind, record.content.fields), ...wrote, ...recused];
}
