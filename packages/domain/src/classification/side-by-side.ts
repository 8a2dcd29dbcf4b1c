/** The schemes of one use beside each other: which are asked of it, what each says, and when it is looked at again. */
import type { Json } from '../json.ts';
import { approvedVersion } from '../trace/approved.ts';
import { nextValidation } from '../trace/classes.ts';
import { latest } from '../trace/due.ts';
import { takenBack } from '../trace/fallen-classes.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import { addPeriod } from '../trace/period.ts';
import { cellText, dayOf, linksOf, listOf, type Readable, rowsOf, says, textOf } from '../trace/read.ts';
import { outcomesDiffer } from './apart.ts';
import { levelsMissed } from './given-level.ts';
import { judgeTier, type TierResult } from './judge-tier.ts';
import {
  answersInRows,
  notKnownInRows,
  ownPrefix,
  registeredAnswers,
  type TierAnswers,
} from './tier-facts.ts';
import { levelNamed, type TierTable, tierTableOf } from './tier-table.ts';

/** An approved version of a scheme that is kept up. */
export type SchemeInForce = {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly version: number;
  readonly fields: Readonly<Record<string, Json>>;
};

/** Whether a scheme is asked of a system; `open` where nobody named the laws that apply to it. */
export type Asked = 'yes' | 'no' | 'open';

/** A sign-off that was taken back, or a class that was withdrawn. */
export type TakenBack = {
  /** What was signed off; of a class that never was, what it says. */
  readonly said: Readable;
  readonly signedOff: boolean;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Member id, and the reason given; `null` where the step that withdrew it says them. */
  readonly by: string | null;
  readonly reason: string | null;
};

export type ClassOfUse = {
  readonly record: TraceRecord;
  /** What counts: the signed-off version where there is one. */
  readonly content: Readable;
  readonly signedOff: boolean;
  /** Day on which it is due to be looked at again; `null` where nothing says when. */
  readonly due: string | null;
  /** A later day that was written since the sign-off, and counts for nothing before the next one. */
  readonly waits: string | null;
  /** Under the law: no answers lead to what it says, as a file stated it (an empty form is undetermined). */
  readonly unanswered: boolean;
  /** It says a level that the version in force of its scheme does not have. */
  readonly levelGone: boolean;
  readonly takenBack: TakenBack | null;
};

export type TierOfUse = {
  readonly table: TierTable;
  readonly answers: TierAnswers;
  /** Questions that were put and that nobody can answer yet. */
  readonly notKnown: ReadonlySet<string>;
  readonly result: TierResult;
  /** A tier is kept, and the table in force gives another one or none. */
  readonly differs: boolean;
};

export type SchemeOfUse = {
  readonly method: 'law' | 'table' | 'given';
  /** `null` for the law, which comes with its own rules. */
  readonly scheme: SchemeInForce | null;
  /** Ids of laws in whose reach it is asked; none where it is asked everywhere. */
  readonly askedWhere: readonly string[];
  readonly asked: Asked;
  readonly classes: readonly ClassOfUse[];
  /** Classes that were withdrawn: they count for nothing, and were there. */
  readonly withdrawn: readonly ClassOfUse[];
  /** Under the law: classes that are signed off contradict each other, and the stricter counts. */
  readonly apart: boolean;
  /** Of a decision table. */
  readonly tier: TierOfUse | null;
};

export type ClassesOfUse = {
  readonly schemes: readonly SchemeOfUse[];
  /** Classes by no scheme that is in force, such as those of an import, the withdrawn among them. */
  readonly loose: readonly ClassOfUse[];
  /** What an inventory states of other schemes; it is no class. */
  readonly stated: readonly { readonly scheme: string; readonly value: string }[];
};

const law = 'eu-ai-act';

/**
 * @param own records at home in the system, the use and its classes among them
 * @param period the length adopted for validating classes, ISO 8601; `null` where none is
 */
export function classesOfUse(o: {
  readonly use: TraceRecord;
  readonly system: TraceRecord | null;
  readonly own: readonly TraceRecord[];
  readonly find: (id: string) => TraceRecord | undefined;
  readonly schemes: readonly SchemeInForce[];
  readonly period: string | null;
}): ClassesOfUse {
  const all = o.own
    .filter((record) => record.kind === 'classification' && !record.archived)
    .map((record) => classOf(record, o))
    .filter(({ content }) => linksOf(content, 'useCase').includes(o.use.id));
  const classes = all.filter(({ record }) => record.state !== 'withdrawn');
  const gone = all.filter(({ record }) => record.state === 'withdrawn');
  const laws = o.system && says(o.system, 'legalOverlay') ? listOf(o.system, 'legalOverlay') : null;
  const outcomes = outcomesFor(classes, laws);
  const taken = new Set<ClassOfUse>();
  const take = (found: readonly ClassOfUse[]) => {
    for (const one of found) taken.add(one);
    return found;
  };
  const isOfLaw = ({ content }: ClassOfUse) => textOf(content, 'scheme') === law;
  const inLaw = take(classes.filter(isOfLaw));
  const schemes: SchemeOfUse[] = [
    {
      method: 'law',
      scheme: null,
      askedWhere: [law],
      asked: askedOf([law], laws),
      classes: inLaw,
      withdrawn: take(gone.filter(isOfLaw)),
      apart: outcomesDiffer(inLaw.filter(({ signedOff }) => signedOff).map(({ content }) => content)),
      tier: null,
    },
  ];
  const tables = o.schemes.filter(({ fields }) => fields.method === 'table');
  for (const scheme of o.schemes) {
    const where = listOf({ fields: scheme.fields, links: {} }, 'askedWhere');
    const isTable = scheme.fields.method === 'table';
    // A tier of an import names no scheme; where there is one table it can only be meant by that.
    const isByIt = ({ content }: ClassOfUse) =>
      linksOf(content, 'byScheme').includes(scheme.id) ||
      (isTable &&
        tables.length === 1 &&
        !says(content, 'byScheme') &&
        textOf(content, 'scheme') === 'own-tier');
    const by = classes.filter(isByIt);
    schemes.push({
      method: isTable ? 'table' : 'given',
      scheme,
      askedWhere: where,
      asked: askedOf(where, laws),
      classes: take(by),
      withdrawn: take(gone.filter(isByIt)),
      apart: false,
      tier: isTable ? tierOf(scheme, o, by[0], outcomes) : null,
    });
  }
  return {
    schemes,
    loose: all.filter((one) => !taken.has(one)),
    stated: rowsOf(o.use, 'externalClasses').flatMap((row) => {
      const value = cellText(row, 'value');
      return value === null ? [] : [{ scheme: cellText(row, 'scheme') ?? '', value }];
    }),
  };
}

function askedOf(where: readonly string[], laws: readonly string[] | null): Asked {
  if (where.length === 0) return 'yes';
  if (laws === null) return 'open';
  return where.some((one) => laws.includes(one)) ? 'yes' : 'no';
}

/**
 * The outcome in law as tables may ask it: `null` while it is open, none where the law is not asked. Of several classes
 * each counts, so that one that says less takes nothing back.
 */
function outcomesFor(
  classes: readonly ClassOfUse[],
  laws: readonly string[] | null,
): readonly string[] | null {
  const found = classes.filter(({ content }) => textOf(content, 'scheme') === law);
  const counting = found.filter(({ signedOff, record }) => signedOff || record.state === 'final');
  if (counting.length > 0)
    return [...new Set(counting.flatMap(({ content }) => listOf(content, 'outcomes')))];
  if (found.length > 0) return null;
  return laws !== null && !laws.includes(law) ? [] : null;
}

function classOf(
  record: TraceRecord,
  { find, period, schemes }: Pick<Parameters<typeof classesOfUse>[0], 'find' | 'period' | 'schemes'>,
): ClassOfUse {
  const approved = approvedVersion(record, find);
  const back = backOf(record, takenBack(record, approved));
  const content = record.state === 'withdrawn' ? (back?.said ?? record) : (approved ?? record);
  const signedOff = approved !== null && record.state !== 'withdrawn';
  const due = dueOf(record, content, period);
  const written = signedOff ? dueOf(record, record, period) : null;
  const waits = due !== null && written !== null && written > due ? written : null;
  const levelGone = schemes.some((scheme) => levelsMissed(content, scheme) !== null);
  const isStated = textOf(content, 'scheme') === law && listOf(content, 'outcomes').length > 0;
  const unanswered = isStated && !signedOff && back === null && !says(content, 'answers');
  return { record, content, signedOff, due, waits, unanswered, levelGone, takenBack: back };
}

function backOf(record: TraceRecord, back: ReturnType<typeof takenBack>): TakenBack | null {
  if (back)
    return {
      ...{ said: back.said, signedOff: true, at: back.at },
      ...{ by: back.act?.by ?? null, reason: back.act?.reason ?? null },
    };
  const at = new Date(record.updatedAt).toISOString();
  return record.state === 'withdrawn' ? { said: record, signedOff: false, at, by: null, reason: null } : null;
}

/**
 * Its own next day or the adopted length after the last look, whichever comes first.
 * @param signedOff says when it was classified and what was planned: the version that counts, not one that somebody writes
 */
export function dueOf(record: Readable, signedOff: Readable, period: string | null): string | null {
  const last = latest([dayOf(record, 'validatedOn'), dayOf(signedOff, 'classifiedOn')]);
  const planned = last && period ? addPeriod(last, period) : null;
  const own = nextValidation(record, signedOff);
  return planned !== null && own !== null ? (own < planned ? own : planned) : (own ?? planned);
}

function tierOf(
  scheme: SchemeInForce,
  { use, system }: { readonly use: TraceRecord; readonly system: TraceRecord | null },
  kept: ClassOfUse | undefined,
  outcomes: readonly string[] | null,
): TierOfUse {
  const table = tierTableOf(scheme.fields);
  const answers = registeredAnswers(use.fields, system?.fields ?? {}, outcomes);
  // Questions of the scheme have no register of their own: their answers are kept with the class.
  for (const [fact, said] of answersInRows(table.facts, kept?.record.fields.answers))
    if (fact.startsWith(ownPrefix)) answers.set(fact, said);
  const result = judgeTier(table, answers);
  const before = kept ? textOf(kept.content, 'tierName') : null;
  const differs = before !== null && (result.level === null || levelNamed(table, before) !== result.level);
  const notKnown = notKnownInRows(kept?.record.fields.answers);
  return { table, answers, notKnown, result, differs };
}
