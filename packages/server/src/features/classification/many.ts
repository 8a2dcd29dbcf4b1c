import type { Answers } from '@throughline/domain/classification/answers.ts';
import { notKnownIn, readAnswers } from '@throughline/domain/classification/answers.ts';
import { type Classified, classify } from '@throughline/domain/classification/classify.ts';
import { keptFields } from '@throughline/domain/classification/keep.ts';
import { mergedAnswers, mergedUnknown } from '@throughline/domain/classification/many.ts';
import { readKept } from '@throughline/domain/classification/read-kept.ts';
import { type RuleSet, ruleSetOf } from '@throughline/domain/classification/rule-set.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { type BulkChoice, chosen } from '../../records/bulk-request.ts';
import { createInside } from '../../records/create-record.ts';
import { editInside } from '../../records/edit-record.ts';
import { type Law, lawInForce } from '../../records/law-in-force.ts';
import { ensureMay, ensureRight } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { lawClassesOf } from '../../store/law-classes.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import { factsOf, recordsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import type { LockedRecord, Write } from '../../store/write.ts';

/** Answered together at once. More would be a list that nobody looks through. */
export const mostTogether = 200;

export type ManyInput = {
  readonly choice: BulkChoice;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly notes: Readonly<Record<string, string>>;
};

/** What one use comes to with the answers that it shares and its own. */
export type OneOfMany = {
  readonly use: StoredRecord;
  /** Its class, where it has one or was given one now. */
  readonly record: StoredRecord | null;
  readonly result: Classified | null;
  /** Shared facts that it answers otherwise itself: its own answers stand. */
  readonly otherwise: readonly string[];
  /** Why nothing is kept for it, in words. */
  readonly why: string | null;
};

export type Many = {
  readonly law: Law;
  /** What the shared answers lead to alone: which questions come next. */
  readonly shared: Classified;
  readonly rows: readonly OneOfMany[];
};

/**
 * Answers once what several uses share: each gets its own class with its own answers, path and result, open until a
 * person makes it final and another signs it off. What a use answered itself stays; a class that is final is left.
 * @param keep without it nothing is written: what would come of it is answered
 */
export async function classifyMany(
  services: Services,
  ctx: Context,
  input: ManyInput,
  keep: boolean,
): Promise<Many> {
  const { registry, store } = services;
  const kind = registry.get('classification');
  ensureMay(ctx.actor, registry.get('use-case'), 'read');
  ensureMay(ctx.actor, kind, 'read');
  if (keep) for (const act of ['create', 'edit'] as const) ensureMay(ctx.actor, kind, act);
  const ids = await chosen(services, ctx, registry.get('use-case'), input.choice);
  if (ids.length > mostTogether)
    throw new DomainError('too-large', `${ids.length} uses are chosen; ${mostTogether} at once is the most.`);
  const law = await lawInForce(services, ctx.organisation);
  const rules = ruleSetOf({ euAiAct: law });
  const shared = readAnswers(law.facts, rules.annexIII, input.answers);
  const plan = async (reader: Reader): Promise<Many> => {
    const { timeZone } = await organisationSettings(reader);
    return planned(reader, ids, { law, rules, shared, today: dayIn(services.clock(), timeZone) });
  };
  if (!keep) return store.read(ctx, plan);
  return store.change(ctx, async (write) => {
    // Two who classify one use at once make one class: the second finds the first's.
    await write.lock(ids);
    const many = await plan(write);
    if (many.shared.status === 'contradiction')
      throw new DomainError('unprocessable', many.shared.contradictions.map(({ says }) => says).join(' '));
    const held = await write.lock(many.rows.flatMap(({ record }) => record?.id ?? []));
    const notes = new Map(Object.entries(input.notes));
    const unknown = notKnownIn(input.answers);
    const rows: OneOfMany[] = [];
    for (const row of many.rows) rows.push(await keepOne(write, row, { law, held, shared, unknown, notes }));
    if (ctx.once) write.made(String(rows.length));
    return { ...many, rows };
  });
}

type Asked = {
  readonly law: Law;
  readonly rules: RuleSet;
  readonly shared: Answers;
  readonly today: string;
};

async function planned(reader: Reader, ids: readonly string[], asked: Asked): Promise<Many> {
  const { law, rules, shared, today } = asked;
  const uses = await recordsById(reader, ids);
  const classes = await lawClassesOf(reader, ids);
  const records = await recordsById(reader, [...classes.values()]);
  const rows = ids.flatMap((id): OneOfMany[] => {
    const use = uses.get(id);
    if (!use) return [];
    const record = records.get(classes.get(id) ?? '') ?? null;
    const own = keptAnswers(law, rules, record);
    const { answers, otherwise } = mergedAnswers(own, shared);
    const result = classify(rules, answers, today);
    return [{ use, record, result, otherwise, why: obstacle(use, record, result) }];
  });
  return { law, shared: classify(rules, shared, today), rows };
}

const keptAnswers = (law: Law, rules: RuleSet, record: StoredRecord | null): Answers =>
  readKept(law.facts, rules.annexIII, record?.content.fields.answers).answers;

function obstacle(use: StoredRecord, record: StoredRecord | null, result: Classified): string | null {
  if (use.archivedAt !== null) return 'This use case is archived, so nothing is asked of it.';
  if (record && (record.state !== 'open' || record.inForce !== null))
    return `CLS-${record.number} is classified already. Answer again on its own page.`;
  if (result.status !== 'contradiction') return null;
  const says = result.contradictions.map((one) => one.says).join(' ');
  return `With what it answered itself this contradicts: ${says}`;
}

async function keepOne(
  write: Write,
  row: OneOfMany,
  {
    law,
    held,
    shared,
    unknown,
    notes,
  }: {
    readonly law: Law;
    readonly held: ReadonlyMap<string, LockedRecord>;
    readonly shared: Answers;
    readonly unknown: ReadonlySet<string>;
    readonly notes: ReadonlyMap<string, string>;
  },
): Promise<OneOfMany> {
  const { use, result } = row;
  if (row.why !== null || result === null) return row;
  const kind = write.registry.get('classification');
  const rules = ruleSetOf({ euAiAct: law });
  const before = row.record && held.get(row.record.id);
  const own = readKept(law.facts, rules.annexIII, before?.content.fields.answers);
  const { answers } = mergedAnswers(own.answers, shared);
  const open = mergedUnknown(answers, own.notKnown, unknown);
  const fields = keptFields(law, answers, new Map([...notes, ...own.notes]), result, open);
  try {
    if (before) {
      ensureRight(write, kind, 'edit', { id: before.id, facts: await factsOf(write, before) });
      const { record } = await editInside(write, kind, before, { byAct: true, fields });
      return { ...row, record };
    }
    const record = await createInside(write, kind, {
      patch: {
        byAct: true,
        fields: {
          name: `EU AI Act: ${use.title}`.slice(0, 200),
          scheme: 'eu-ai-act',
          owner: use.owner,
          ...fields,
        },
        links: { useCase: { set: [use.id] } },
      },
    });
    return { ...row, record };
  } catch (error) {
    // A right that is missing for one use says nothing about the others.
    if (error instanceof DomainError) return { ...row, why: error.message };
    throw error;
  }
}
