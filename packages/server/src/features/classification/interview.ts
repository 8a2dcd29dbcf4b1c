import { answerText } from '@throughline/domain/classification/answer-text.ts';
import type { Answer, Answers } from '@throughline/domain/classification/answers.ts';
import { notKnownIn, readAnswers } from '@throughline/domain/classification/answers.ts';
import { type Classified, classify } from '@throughline/domain/classification/classify.ts';
import type { Contradiction } from '@throughline/domain/classification/contradictions.ts';
import { keptFields, vocabularyId } from '@throughline/domain/classification/keep.ts';
import { type Kept, readKept } from '@throughline/domain/classification/read-kept.ts';
import { ruleSetOf } from '@throughline/domain/classification/rule-set.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { editInside } from '../../records/edit-record.ts';
import { type Law, lawInForce } from '../../records/law-in-force.ts';
import { listPage } from '../../records/list-records.ts';
import { ensureMay, ensureVersion, loadReadable, lockFor } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { type RefRow, refsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { ofTheLaw } from './of-the-law.ts';

const scheme = 'eu-ai-act';

/** A classification as its interview shows it: what was answered, and what the rules of now make of it. */
export type Interview = Kept & {
  /** The rules in force, which the result came of. */
  readonly law: Law;
  readonly record: StoredRecord;
  readonly useCase: RefRow | null;
  readonly result: Classified;
  readonly known: readonly Known[];
  /** The same facts where they are answered here too, and otherwise. */
  readonly elsewhere: readonly Known[];
  readonly keptRuleSet: string | null;
  /** The day that stands as the one on which it was classified, as precise as it is known. */
  readonly classifiedOn: string | null;
  /** The outcomes kept are not those that the rules of now lead to. */
  readonly differs: boolean;
};

/** An answer that another classification gave to a fact of the organisation, or of the same system. */
export type Known = { readonly fact: string; readonly answer: Answer; readonly from: RefRow };

/** Classifies answers that stand nowhere, for the organisation's calendar day. Nothing is kept. */
export async function evaluate(
  services: Services,
  asker: Asker,
  sent: Readonly<Record<string, unknown>>,
): Promise<{ readonly law: Law; readonly result: Classified }> {
  ensureMay(asker.actor, services.registry.get('classification'), 'read');
  const law = await lawInForce(services, asker.organisation);
  const answers = read(law, sent);
  const result = await services.store.read(asker, (reader) => judged(services, reader, law, answers));
  return { law, result };
}

export async function readInterview(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<Interview> {
  const kind = services.registry.get('classification');
  ensureMay(asked.actor, kind, 'read');
  const law = await lawInForce(services, asked.organisation);
  const { record, useCase, kept, result } = await services.store.read(asked, async (reader) => {
    const found = ofTheLaw(await loadReadable(reader, asked.actor, kind, asked.ref));
    const stands = keptBy(law, found);
    const [home] = found.content.links.useCase ?? [];
    const refs = await refsById(reader, home ? [home] : []);
    return {
      record: found,
      useCase: (home && refs.get(home)) || null,
      kept: stands,
      result: await judged(services, reader, law, stands.answers),
    };
  });
  const { ruleVersion, outcomes, classifiedOn } = record.content.fields;
  const before = Array.isArray(outcomes) ? outcomes : [];
  const now: readonly unknown[] = result.outcomes.map(vocabularyId);
  const keptRuleSet = typeof ruleVersion === 'string' ? ruleVersion : null;
  return {
    ...kept,
    law,
    record,
    useCase,
    result,
    ...(await heardElsewhere(services, law, asked, kind, record, kept.answers)),
    keptRuleSet,
    classifiedOn: typeof classifiedOn === 'string' ? classifiedOn : null,
    differs: before.length > 0 && (before.length !== now.length || before.some((id) => !now.includes(id))),
  };
}

/**
 * Keeps answers with what the rules make of them, as an edit of the record: outcomes, what is open, the path. Answers
 * that contradict each other are refused by the fact's check, and nothing is kept.
 */
export async function answerInterview(
  services: Services,
  ctx: Context,
  input: {
    readonly ref: string;
    readonly version: number;
    readonly answers: Readonly<Record<string, unknown>>;
    readonly notes: Readonly<Record<string, string>>;
    /** The day on which it was classified; the organisation's own day where none is said. */
    readonly on?: string | undefined;
  },
): Promise<void> {
  const kind = services.registry.get('classification');
  ensureMay(ctx.actor, kind, 'edit');
  const law = await lawInForce(services, ctx.organisation);
  const answers = read(law, input.answers);
  await services.store.change(ctx, async (write) => {
    const record = await lockFor(write, kind, input.ref, 'edit');
    ofTheLaw(record);
    ensureVersion(record, input.version);
    const result = await judged(services, write, law, answers);
    if (result.status === 'contradiction')
      throw unprocessable(result.contradictions.map((one) => contradicted(law, one, answers)));
    const { on = result.on } = input;
    if (on > result.on)
      throw unprocessable([{ at: 'on', message: 'It is classified today or before, not on a day to come.' }]);
    const notes = new Map(Object.entries(input.notes));
    await editInside(write, kind, record, {
      byAct: true,
      fields: { ...keptFields(law, answers, notes, result, notKnownIn(input.answers)), classifiedOn: on },
      links: {},
    });
  });
}

const annexIII = (law: Law) => ruleSetOf({ euAiAct: law }).annexIII;

const read = (law: Law, sent: Readonly<Record<string, unknown>>): Answers =>
  readAnswers(law.facts, annexIII(law), sent);

const keptBy = (law: Law, { content }: Pick<StoredRecord, 'content'>): Kept =>
  readKept(law.facts, annexIII(law), content.fields.answers);

async function judged({ clock }: Services, reader: Reader, law: Law, answers: Answers): Promise<Classified> {
  const { timeZone } = await organisationSettings(reader);
  return classify(ruleSetOf({ euAiAct: law }), answers, dayIn(clock(), timeZone));
}

/** What clashes, with each question and the answer it was given: nobody has to look for the other side. */
function contradicted(law: Law, { id, says, facts }: Contradiction, answers: Answers) {
  const places = facts.map((fact) => {
    const ask = law.facts.find((one) => one.id === fact)?.ask ?? fact;
    return `"${ask}" (${answerText(answers.get(fact) ?? '')})`;
  });
  return { at: id, message: `${says}. It lies between ${places.join(' and ')}.` };
}

const lookedAt = '100';

/**
 * Answers from elsewhere to facts of the organisation, from any use, and of the system, from its own: those not answered
 * here, and those answered otherwise. The newest of each speaks.
 */
async function heardElsewhere(
  services: Services,
  law: Law,
  asker: Asker,
  kind: Kind,
  record: StoredRecord,
  answers: Answers,
): Promise<Pick<Interview, 'known' | 'elsewhere'>> {
  const found = new Map<string, Known>();
  const look = async (level: string, where: Readonly<Record<string, string>>) => {
    const wanted = law.facts.filter((fact) => fact.level === level).map(({ id }) => id);
    const query = { scheme, sort: '-updated', limit: lookedAt, ...where };
    const { rows } = await listPage(services, { ...asker, kind, query });
    for (const row of rows) {
      if (row.id === record.id) continue;
      const kept = keptBy(law, row);
      for (const fact of wanted) {
        const answer = kept.answers.get(fact);
        if (answer === undefined || found.has(fact)) continue;
        found.set(fact, { fact, answer, from: { ...row, archived: row.archivedAt !== null } });
      }
    }
  };
  await look('organisation', {});
  if (record.system) await look('system', { system: record.system });
  const heard = [...found.values()];
  return {
    known: heard.filter(({ fact }) => !answers.has(fact)),
    elsewhere: heard.filter(({ fact, answer }) => {
      const here = answers.get(fact);
      return here !== undefined && answerText(here) !== answerText(answer);
    }),
  };
}
