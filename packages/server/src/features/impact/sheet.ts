import { inForce } from '@throughline/domain/approvals.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { type Blank, blanksOf } from '@throughline/domain/impact/blanks.ts';
import { waitingFields } from '@throughline/domain/impact/confirm.ts';
import { type Rights, rightsOf } from '@throughline/domain/impact/rights.ts';
import { scalesOf } from '@throughline/domain/impact/scales.ts';
import { signsOf } from '@throughline/domain/impact/signs.ts';
import type { Json } from '@throughline/domain/json.ts';
import { firstUse } from '@throughline/domain/trace/first-use.ts';
import type { ImpactScaleWire, ImpactSignWire } from '@throughline/domain/wire-impact.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { approvalsOf } from '../../store/approvals.ts';
import { revisionAt } from '../../store/history.ts';
import { sameTexts, textsShared } from '../../store/impact.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { type RefRow, refsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { traceRows } from '../../store/trace.ts';
import { type MethodView, methodView } from './method.ts';
import { type Around, aroundOf, classOf, refOf } from './sources.ts';

export type Sheet = Around & {
  readonly record: StoredRecord;
  readonly method: MethodView;
  readonly scales: readonly ImpactScaleWire[];
  readonly blanks: readonly Blank[];
  readonly toConfirm: readonly string[];
  readonly signs: readonly ImpactSignWire[];
  readonly alike: readonly {
    readonly field: string;
    readonly with: readonly RefRow[];
    readonly more: boolean;
  }[];
  readonly rights: Rights;
  readonly lastTime: { readonly version: number; readonly effects: Json } | null;
};

/** Texts that say something of one use alone: found in several assessments word for word, a reader is told. */
export const ownTexts = [
  'context',
  'intendedUse',
  'misuse',
  'failureEffects',
  'effects',
  'friaProcesses',
  'friaPeriod',
  'friaOversight',
  'friaMeasures',
  'conclusion',
] as const;
const namedAtMost = 5;

/** An assessment as it is filled in: what is blank, what is known elsewhere, what a reader notices, what Article 27 adds. */
export async function readSheet(services: Services, asked: Asker & { readonly ref: string }): Promise<Sheet> {
  const kind = services.registry.get('impact-assessment');
  ensureMay(asked.actor, kind, 'read');
  return services.store.read(asked, async (reader) => {
    const record = await loadReadable(reader, asked.actor, kind, asked.ref);
    const around = await aroundOf(services, reader, asked.actor, record);
    const method = await methodView(services, reader, record);
    return {
      ...around,
      record,
      method,
      scales: scalesOf(method.content),
      blanks: blanksOf(record.content),
      toConfirm: waitingFields(record.content),
      signs: signsOf(record.content),
      alike: await alikeOf(reader, record),
      rights: await rightsIn(services, reader, record, around),
      lastTime: await lastTime(reader, record),
    };
  });
}

async function alikeOf(reader: Reader, { id }: StoredRecord): Promise<Sheet['alike']> {
  const rows = await sameTexts(reader, id, ownTexts);
  return [...Map.groupBy(rows, ({ field }) => field)].map(([field, same]) => ({
    field,
    with: same.slice(0, namedAtMost),
    more: same.length > namedAtMost,
  }));
}

async function rightsIn(
  { registry, catalogue, clock }: Services,
  reader: Reader,
  record: StoredRecord,
  around: Around,
): Promise<Rights> {
  const { useCases, system, classes } = around;
  const classified = new Set(classes.flatMap((row) => row.links.useCase ?? []));
  const { timeZone } = await organisationSettings(reader);
  const dayHere = (at: string) => dayIn(new Date(at), timeZone);
  const today = dayIn(clock(), timeZone);
  const rows = await traceRows(reader, system ? [system.id] : []);
  const covered = new Set([...useCases, ...(system ? [system] : [])].map(({ id }) => id));
  const running = [...rows.byId.values()].filter(
    ({ id, kind, system: home, archived }) =>
      !archived && (covered.has(id) || (kind === 'system-version' && home === system?.id)),
  );
  return rightsOf(record.content, {
    classes: classes.map((row) => classOf(registry, row)),
    unclassified: useCases.filter(({ id }) => !classified.has(id)).map((one) => refOf(registry, one)),
    usedSince: firstUse(running, today, dayHere),
    today,
    recordedOn: dayHere(record.createdAt.toISOString()),
    names: new Map(catalogue.euAiAct.fria_art_27.elements.map(({ id, name }) => [id, name])),
  });
}

/** What was said at the last approval, beside what is being written now. */
async function lastTime(reader: Reader, { id, version }: StoredRecord): Promise<Sheet['lastTime']> {
  const acts = (await approvalsOf(reader, [id])).get(id) ?? [];
  const approved = inForce(acts)?.version;
  if (approved === undefined || approved === version) return null;
  const revision = await revisionAt(reader, id, approved);
  return { version: approved, effects: revision?.fields?.effects ?? null };
}

export type Shared = {
  readonly field: string;
  readonly count: number;
  readonly assessments: readonly RefRow[];
};

/** Texts that stand word for word in several assessments of the organisation. */
export async function readShared(services: Services, asked: Asker): Promise<Shared[]> {
  ensureMay(asked.actor, services.registry.get('impact-assessment'), 'read');
  return services.store.read(asked, async (reader) => {
    const groups = await textsShared(reader, ownTexts);
    const refs = await refsById(
      reader,
      groups.flatMap(({ ids }) => ids),
    );
    return groups.map(({ field, count, ids }) => ({
      field,
      count,
      assessments: ids.flatMap((id) => refs.get(id) ?? []),
    }));
  });
}
