import { notKnown } from '@throughline/domain/classification/answer-text.ts';
import { judgeTier } from '@throughline/domain/classification/judge-tier.ts';
import { schemeVersion, tierFields } from '@throughline/domain/classification/keep-tier.ts';
import {
  type ClassesOfUse,
  type ClassOfUse,
  classesOfUse,
  type SchemeOfUse,
  type TakenBack,
} from '@throughline/domain/classification/side-by-side.ts';
import type { TierTable } from '@throughline/domain/classification/tier-table.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError, type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import { stepKey } from '@throughline/domain/grid.ts';
import { addPeriod } from '@throughline/domain/trace/period.ts';
import { createInside } from '../../records/create-record.ts';
import { editInside } from '../../records/edit-record.ts';
import { ensureMay, loadReadable, lockFor } from '../../records/load.ts';
import { schemesInForce, schemesKeptUp } from '../../records/schemes-in-force.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { revisionAt } from '../../store/history.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { actorNames, type RefRow, refsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { traceRows } from '../../store/trace.ts';

/** A use with every scheme that could be asked of it. */
export type UseView = ClassesOfUse & {
  readonly use: StoredRecord;
  readonly today: string;
  readonly timeZone: string;
  readonly refs: ReadonlyMap<string, RefRow>;
  /** Names of whoever took something back. */
  readonly names: ReadonlyMap<string, string>;
};

export async function readClasses(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<UseView> {
  const kind = services.registry.get('use-case');
  ensureMay(asked.actor, kind, 'read');
  ensureMay(asked.actor, services.registry.get('classification'), 'read');
  const candidates = await schemesKeptUp(services, asked);
  return services.store.read(asked, async (reader) => {
    const use = await loadReadable(reader, asked.actor, kind, asked.ref);
    const found = await withSteps(reader, await classesIn(services, reader, use, candidates));
    const named = found.schemes.flatMap(({ scheme }) => (scheme ? [scheme.id] : []));
    const classes = classesAmong(found);
    const ids = [...named, ...classes.map(({ record }) => record.id), ...(use.system ? [use.system] : [])];
    const takers = classes.flatMap(({ takenBack }) => takenBack?.by ?? []);
    const names = await actorNames(reader, takers);
    return { ...found, use, names, refs: await refsById(reader, ids) };
  });
}

async function classesIn(
  services: Services,
  reader: Reader,
  use: StoredRecord,
  candidates: readonly string[],
): Promise<ClassesOfUse & Pick<UseView, 'today' | 'timeZone'>> {
  const { timeZone, intervals } = await organisationSettings(reader);
  const rows = await traceRows(reader, use.system ? [use.system] : []);
  const own = rows.own.get(use.system ?? '') ?? [];
  const record = rows.byId.get(use.id);
  if (!record) throw new DomainError('conflict', 'This use case is archived, so nothing is asked of it.');
  const found = classesOfUse({
    use: record,
    system: rows.byId.get(use.system ?? '') ?? null,
    own,
    find: (id) => rows.byId.get(id),
    schemes: await schemesInForce(services, reader, candidates),
    period: intervals.risk_classification ?? null,
  });
  return { ...found, timeZone, today: dayIn(services.clock(), timeZone) };
}

const classesAmong = ({ schemes, loose }: ClassesOfUse): ClassOfUse[] => [
  ...schemes.flatMap(({ classes, withdrawn }) => [...classes, ...withdrawn]),
  ...loose,
];

/** By whom and why a class was withdrawn stands with the step, where no act on its sign-off says it. */
async function withSteps<Found extends ClassesOfUse>(reader: Reader, found: Found): Promise<Found> {
  const steps = new Map<string, TakenBack>();
  for (const { record, takenBack } of classesAmong(found)) {
    if (!takenBack || takenBack.by !== null) continue;
    const step = await revisionAt(reader, record.id, record.version);
    if (step?.act === 'moved')
      steps.set(record.id, { ...takenBack, by: step.actor_id, reason: step.because });
  }
  const said = (one: ClassOfUse): ClassOfUse => ({
    ...one,
    takenBack: steps.get(one.record.id) ?? one.takenBack,
  });
  return {
    ...found,
    loose: found.loose.map(said),
    schemes: found.schemes.map((scheme) => ({
      ...scheme,
      classes: scheme.classes.map(said),
      withdrawn: scheme.withdrawn.map(said),
    })),
  };
}

/**
 * Keeps the tier that a decision table gives to a use as it stands in the registers now, with the answers to the table's
 * own questions: in the class that is there, or in a new one that another person signs off.
 * @param input `scheme` may be left out where one table is asked
 */
export async function keepTier(
  services: Services,
  ctx: Context,
  input: {
    readonly ref: string;
    readonly scheme?: string | undefined;
    readonly answers: Readonly<Record<string, string | null>>;
  },
): Promise<void> {
  const kind = services.registry.get('classification');
  const useKind = services.registry.get('use-case');
  ensureMay(ctx.actor, useKind, 'read');
  const candidates = await schemesKeptUp(services, ctx);
  await services.store.change(ctx, async (write) => {
    const use = await loadReadable(write, ctx.actor, useKind, input.ref);
    // Two who classify one use at once make one class: the second finds the first's.
    await write.lock([use.id]);
    const found = await classesIn(services, write, use, candidates);
    const asked = tableAsked(found.schemes, input.scheme);
    const { scheme, tier } = asked;
    const answers = new Map(tier.answers);
    const open = new Set(tier.notKnown);
    for (const [fact, said] of ownAnswers(tier.table, input.answers)) {
      answers.delete(fact);
      open.delete(fact);
      if (said === notKnown) open.add(fact);
      else if (said !== null) answers.set(fact, [said]);
    }
    const result = judgeTier(tier.table, answers);
    const version = schemeVersion(scheme.ref, scheme.version);
    const months = result.level?.months ?? null;
    const fields = {
      ...tierFields(tier.table, answers, result, {
        scheme: scheme.title,
        ...{ version, on: found.today, notKnown: open },
      }),
      ...(months === null ? {} : { nextValidation: addPeriod(found.today, `P${months}M`) }),
    };
    const links = { byScheme: { set: [scheme.id] } };
    const [kept] = asked.classes;
    if (kept) {
      const before = await lockFor(write, kind, kept.record.id, 'edit');
      await editInside(write, kind, before, {
        ...{ byAct: true, fields: { scheme: 'own-tier', ...fields }, links },
      });
      return;
    }
    ensureMay(ctx.actor, kind, 'create');
    await createInside(write, kind, {
      patch: {
        byAct: true,
        fields: { name: scheme.title, scheme: 'own-tier', owner: use.owner, ...fields },
        links: { useCase: { set: [use.id] }, ...links },
      },
    });
  });
}

type AskedTable = SchemeOfUse & {
  readonly scheme: NonNullable<SchemeOfUse['scheme']>;
  readonly tier: NonNullable<SchemeOfUse['tier']>;
};

function tableAsked(schemes: readonly SchemeOfUse[], wanted: string | undefined): AskedTable {
  const tables = schemes.filter(
    (one): one is AskedTable => one.scheme !== null && one.tier !== null && one.asked !== 'no',
  );
  const named = tables.filter(({ scheme }) => scheme.id === wanted || scheme.ref === wanted);
  const [found, other] = wanted === undefined ? tables : named;
  if (found && !other) return found;
  throw new DomainError(
    'conflict',
    other
      ? 'Several decision tables are asked of this use. Name one of them.'
      : 'No decision table in force is asked of this use. Approve one, then classify by it.',
  );
}

function ownAnswers(
  { questions }: TierTable,
  sent: Readonly<Record<string, string | null>>,
): [string, string | null][] {
  const problems: ErrorItem[] = [];
  const answers: [string, string | null][] = [];
  for (const [key, said] of Object.entries(sent)) {
    const question = questions.find(({ id }) => id === key);
    const value = said === null || said === notKnown ? said : stepKey(said);
    if (!question) problems.push({ at: `answers.${key}`, message: 'This scheme asks no such question.' });
    else if (value !== null && value !== notKnown && question.values.every(({ id }) => id !== value))
      problems.push({
        at: `answers.${key}`,
        message: `One of: ${question.values.map(({ label }) => label).join(', ')}. Or ${notKnown}.`,
      });
    else answers.push([key, value]);
  }
  if (problems.length > 0) throw unprocessable(problems);
  return answers;
}
