import { equalInOutcome } from '@throughline/domain/classification/compare-rules.ts';
import { classesOfUse, dueOf } from '@throughline/domain/classification/side-by-side.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { approvedVersion } from '@throughline/domain/trace/approved.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { addPeriod } from '@throughline/domain/trace/period.ts';
import { linksOf, listOf, textOf } from '@throughline/domain/trace/read.ts';
import { editInside } from '../../records/edit-record.ts';
import { type Law, lawInForce } from '../../records/law-in-force.ts';
import { ensureMay, lockFor } from '../../records/load.ts';
import { schemesInForce, schemesKeptUp } from '../../records/schemes-in-force.ts';
import type { Services } from '../../services.ts';
import { type DueClass, dueClasses } from '../../store/classes.ts';
import type { Context } from '../../store/context.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames } from '../../store/records.ts';
import { traceRows } from '../../store/trace.ts';

/**
 * Says that a class was looked at again and that nothing changed: a person, today, with a reason. Refused where
 * something did change: the use since the sign-off, or what rules and tables in force make of the answers.
 */
export async function validateClass(
  services: Services,
  ctx: Context,
  input: { readonly ref: string; readonly reason: string },
): Promise<void> {
  const kind = services.registry.get('classification');
  ensureMay(ctx.actor, kind, 'edit');
  const { actor } = ctx;
  if (actor.type !== 'person')
    throw new DomainError('forbidden', 'A class is looked at again by a person who signed in.');
  const law = await lawInForce(services, ctx.organisation);
  const candidates = await schemesKeptUp(services, ctx);
  await services.store.change(ctx, async (write) => {
    const before = await lockFor(write, kind, input.ref, 'edit');
    const { timeZone, intervals } = await organisationSettings(write);
    const today = dayIn(services.clock(), timeZone);
    const rows = await traceRows(write, before.system ? [before.system] : []);
    const record = rows.byId.get(before.id);
    const standing = record && {
      ...{ services, reader: write, law, today, candidates, record },
      find: (id: string) => rows.byId.get(id),
      own: rows.own.get(before.system ?? '') ?? [],
    };
    const { months, why } = standing ? await obstacle(standing) : { months: null, why: archived };
    if (why !== null) throw new DomainError('conflict', why);
    const period = months === null ? (intervals.risk_classification ?? null) : `P${months}M`;
    const next = period === null ? null : addPeriod(today, period);
    await editInside(write, kind, before, {
      byAct: true,
      fields: {
        validatedOn: today,
        validatedAt: write.ctx.at.toISOString(),
        validatedBy: actor.member,
        validationReason: input.reason,
        ...{ validatedUntil: next, nextValidation: next },
      },
      links: {},
    });
  });
}

const archived = 'This class or its system is archived.';

type Standing = {
  readonly services: Services;
  readonly reader: Reader;
  readonly law: Law;
  readonly today: string;
  readonly candidates: readonly string[];
  readonly record: TraceRecord;
  readonly find: (id: string) => TraceRecord | undefined;
  readonly own: readonly TraceRecord[];
};

/** Why nobody can say that nothing changed, in words; and after how many months the level asks to look again. */
async function obstacle(
  o: Standing,
): Promise<{ readonly why: string | null; readonly months: number | null }> {
  const { record, law, today } = o;
  const approved = approvedVersion(record, o.find);
  const because = (why: string | null, months: number | null = null) => ({ why, months });
  if (record.state === 'withdrawn') return because('This class was withdrawn. Classify again.');
  if (!approved) return because('This class is not signed off, so there is nothing to confirm yet.');
  if (approved.stale.length > 0)
    return because('What the answers stand on changed after the sign-off. Classify again.');
  if (approved.version !== record.version && record.inForce !== null && materialDiffers(record))
    return because('Answers were changed after the sign-off. Have the new ones signed off.');
  if (textOf(approved, 'scheme') === 'eu-ai-act') {
    const stored = { answers: approved.fields.answers, outcomes: listOf(approved, 'outcomes') };
    if (stored.answers === undefined)
      return because('This class keeps no answers that could be held against the rules. Classify again.');
    return because(
      equalInOutcome(law, stored, today)
        ? null
        : 'The rules in force lead to another outcome than the one that was signed off. Classify again.',
    );
  }
  const use = o.find(linksOf(approved, 'useCase')[0] ?? '');
  if (!use) return because(null);
  const system = o.find(record.system ?? '') ?? null;
  const schemes = await schemesInForce(o.services, o.reader, o.candidates);
  const found = classesOfUse({ use, system, own: o.own, find: o.find, schemes, period: null });
  const gone = found.schemes.some(({ classes }) =>
    classes.some((one) => one.record.id === record.id && one.levelGone),
  );
  if (gone) return because('The scheme in force does not have the level of this class. Classify again.');
  const by = found.schemes.find(
    ({ classes, tier }) => tier && classes.some((one) => one.record.id === record.id),
  );
  return by?.tier?.differs
    ? because(
        'The decision table in force gives another tier than the one that was signed off. Classify again.',
      )
    : because(null, by?.tier?.result.level?.months ?? null);
}

const changing = ['scheme', 'answers', 'outcomes', 'tier', 'tierName', 'otherOutcome'];

const materialDiffers = (record: TraceRecord): boolean =>
  changing.some(
    (field) => JSON.stringify(record.fields[field]) !== JSON.stringify(record.inForce?.fields[field]),
  );

/** A signed-off class with the day on which it is due to be looked at again. */
export type DueRow = DueClass & { readonly due: string | null; readonly over: boolean };

export type DueList = {
  readonly today: string;
  readonly of: number;
  readonly over: number;
  /** Without a day: no length is adopted, and it names none. */
  readonly undated: number;
  /** Those that are due first. */
  readonly rows: readonly DueRow[];
};

const shown = 200;

/** Signed-off classes by the day on which they are due to be looked at again. */
export async function readDue(
  services: Services,
  asked: Asker,
  until: string | undefined,
): Promise<{ readonly list: DueList; readonly names: ReadonlyMap<string, string> }> {
  ensureMay(asked.actor, services.registry.get('classification'), 'read');
  return services.store.read(asked, async (reader) => {
    const { timeZone, intervals } = await organisationSettings(reader);
    const today = dayIn(services.clock(), timeZone);
    const period = intervals.risk_classification ?? null;
    const all = (await dueClasses(reader)).map((row) => {
      const due = dueOf({ fields: row.days, links: {} }, { fields: row.signed, links: {} }, period);
      return { ...row, due, over: due !== null && due < today };
    });
    const rows = all
      .flatMap((row) => (row.due !== null && (until === undefined || row.due <= until) ? [row] : []))
      .sort((a, b) => (a.due ?? '').localeCompare(b.due ?? '') || a.number - b.number);
    const first = rows.slice(0, shown);
    const list = {
      today,
      of: all.length,
      over: all.filter(({ over }) => over).length,
      undated: all.filter(({ due }) => due === null).length,
      rows: first,
    };
    return {
      list,
      names: await memberNames(
        reader,
        first.flatMap(({ owner }) => owner ?? []),
      ),
    };
  });
}
