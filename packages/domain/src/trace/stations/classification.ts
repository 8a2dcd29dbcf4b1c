import { equalInOutcome } from '../../classification/compare-rules.ts';
import { classificationsOf, contradicting, current, fellOn, isProhibited, lastAllowed } from '../classes.ts';
import {
  approvedOf,
  type Context,
  createdOn,
  missingSince,
  runsInFact,
  type StationRules,
} from '../context.ts';
import { latest } from '../due.ts';
import { prohibitedBefore, unanswered } from '../fallen-classes.ts';
import { onFile } from '../files.ts';
import type { TraceRecord } from '../inputs.ts';
import {
  approve,
  create,
  earliest,
  edit,
  every,
  gapsOr,
  holds,
  lack,
  notApplicable,
  open,
  step,
  unverifiable,
} from '../judge.ts';
import { dayOf, listOf, says, textOf } from '../read.ts';
import { count, label, listed, names, rec, say } from '../say.ts';
import { classedBy, givenSchemes, levelGone, tableSchemes, tierMoved } from '../schemes.ts';
import { staleSince } from '../stale.ts';
import type { Action, Gap, Judgement } from '../types.ts';
import { fallsWithUseCases, useCases } from '../use-cases.ts';
import { obligationsRegistered } from './classification-duties.ts';
import { validated } from './classification-validated.ts';

export const classification: StationRules = {
  id: 'classification',
  rules: [
    { id: 'CL1', judge: underEachLaw },
    { id: 'CL2', judge: ownTier },
    { id: 'CL3', judge: final },
    { id: 'CL4', judge: nothingProhibited },
    { id: 'CL5', judge: signedOff },
    { id: 'CL6', judge: (c) => validated(c, allClasses(c)) },
    { id: 'CL7', judge: derogation },
    { id: 'CL8', judge: obligationsRegistered },
  ],
  holding: (c) =>
    allClasses(c).length === 0
      ? say('hold-bare')
      : say('cl-hold', { cases: count(useCases(c).length, 'use case'), records: names(allClasses(c), 2) }),
};

const allClasses = (c: Context): TraceRecord[] =>
  useCases(c).flatMap((record) => classificationsOf(c, record));
const lawClasses = (c: Context): TraceRecord[] =>
  useCases(c).flatMap((record) => classificationsOf(c, record, 'eu-ai-act'));

const classify = (useCase: TraceRecord): Action =>
  create(label`Classify ${useCase}`, 'classification', { useCase: [useCase] }, { scheme: 'eu-ai-act' });
const underLaw = (c: Context): boolean => listOf(c.system.record, 'legalOverlay').includes('eu-ai-act');

/** The law with classes that this release knows is the EU AI Act; other laws carry duties, no classes. */
function withLaw(c: Context, judge: () => Judgement): Judgement {
  const system = c.system.record;
  if (underLaw(c)) return judge();
  return says(system, 'legalOverlay')
    ? notApplicable(say('cl-no-classes', { system: rec(system) }))
    : unverifiable(say('overlay-open', { system: rec(system) }), [system]);
}

/** The law with classes, and beside it every scheme of others that the organisation asks under the overlay. */
function underEachLaw(c: Context): Judgement {
  const law = underTheLaw(c);
  const cases = useCases(c);
  const missing = givenSchemes(c).map((scheme) =>
    lack(cases, (record) => !classificationsOf(c, record).some((found) => classedBy(c, found, scheme)), {
      say: (open) => say('cl1-scheme', { ...listed(open), scheme: rec(scheme.record) }),
      since: (record) => missingSince(c, record),
      action: (record) =>
        create(
          label`Classify ${record}`,
          'classification',
          { useCase: [record], byScheme: [scheme.record] },
          { scheme: 'other', schemeName: scheme.record.title },
        ),
    }),
  );
  return gapsOr([...(law.verdict === 'gap' ? law.gaps : []), ...missing], law);
}

function underTheLaw(c: Context): Judgement {
  const none = (cases: readonly TraceRecord[]) =>
    every(cases, (record) => classificationsOf(c, record, 'eu-ai-act').length === 0, {
      say: (open) => say('cl1-none', listed(open)),
      since: (record) => missingSince(c, record),
      action: (record) => classify(record),
    });
  const cases = useCases(c);
  // A class that was signed off and taken back is asked for again, whatever the overlay says since.
  const asked = none(cases.filter((record) => unanswered(c, record).length > 0));
  if (asked.verdict === 'gap' && !underLaw(c)) return asked;
  return withLaw(c, () => (cases.length === 0 ? notApplicable(say('uc-none')) : none(cases)));
}

function ownTier(c: Context): Judgement {
  const cases = useCases(c);
  if (cases.length === 0) return fallsWithUseCases(c);
  const tiersOf = (record: TraceRecord) =>
    classificationsOf(c, record, 'own-tier').filter((found) => says(current(c, found), 'tier'));
  const none = lack(cases, (record) => tiersOf(record).length === 0, {
    say: (open) => say('cl2-none', listed(open)),
    since: (record) => missingSince(c, record),
    action: (record) =>
      create(
        label`Set the tier of ${record}`,
        'classification',
        { useCase: [record] },
        { scheme: 'own-tier' },
      ),
  });
  return gapsOr([none, typed(c, cases, tiersOf)], holds(cases));
}

/** Where a table of the organisation decides, a tier is read from it by answers: one that was typed is nobody's finding. */
function typed(
  c: Context,
  cases: readonly TraceRecord[],
  tiersOf: (record: TraceRecord) => readonly TraceRecord[],
): Gap | null {
  const tables = tableSchemes(c);
  const [table] = tables;
  if (!table) return null;
  const isRead = (found: TraceRecord) => tables.some((one) => classedBy(c, found, one));
  return lack(cases, (record) => tiersOf(record).length > 0 && !tiersOf(record).some(isRead), {
    say: (open) => say('cl2-typed', { ...listed(open), scheme: rec(table.record) }),
    since: () => c.organisation.zone.dayOf(table.approved.at),
    action: (record) =>
      create(
        label`Answer for the tier of ${record}`,
        'classification',
        { useCase: [record], byScheme: [table.record] },
        { scheme: 'own-tier' },
      ),
  });
}

function final(c: Context): Judgement {
  const found = allClasses(c);
  if (found.length === 0) return notApplicable(say('cl-none'));
  const undetermined = (record: TraceRecord) =>
    listOf(current(c, record), 'outcomes').includes('undetermined');
  return gapsOr(
    [
      lack(found, undetermined, {
        say: (open) => say('cl3-undetermined', listed(open)),
        since: (record) => dayOf(record, 'classifiedOn') ?? createdOn(c, record),
        action: (record) => edit('Answer the open facts', record, 'answers'),
      }),
      lack(
        found,
        (record) => !undetermined(record) && record.state !== 'final' && approvedOf(c, record) === null,
        {
          say: (open) => say('cl3-open', listed(open)),
          since: (record) => createdOn(c, record),
          action: (record) => step(label`Make ${record} final`, record, 'conclude'),
        },
      ),
      apart(c),
    ],
    holds(found),
  );
}

/** Signed-off classes of one use that contradict each other: everything that asks for a class takes all of them. */
function apart(c: Context): Gap | null {
  const signedOn = (record: TraceRecord) => c.organisation.zone.dayOf(approvedOf(c, record)?.at ?? '');
  return lack(useCases(c), (record) => contradicting(c, record).length > 0, {
    say: (open) =>
      say('cl3-apart', {
        ...listed(open),
        classes: names([...new Set(open.flatMap((record) => contradicting(c, record)))]),
      }),
    since: (record) => latest(contradicting(c, record).map(signedOn)),
    action: (record) => open(label`Settle the class of ${record}`, record, 'classes'),
  });
}

function nothingProhibited(c: Context): Judgement {
  if (!c.system.live) return notApplicable(say('not-live', { system: rec(c.system.record) }));
  const found = lawClasses(c);
  const judge = () => prohibitedNone(c, found);
  // What was signed off as prohibited is so whatever the overlay says since.
  const judged = found.some((record) => approvedOf(c, record) !== null && isProhibited(c, current(c, record)))
    ? judge()
    : withLaw(c, judge);
  return gapsOr([...(judged.verdict === 'gap' ? judged.gaps : []), takenBack(c, found)], judged);
}

/** What was signed off as prohibited and taken back; a class that still says so is named by that. */
function takenBack(c: Context, found: readonly TraceRecord[]): Gap | null {
  const named = new Set(found.filter((record) => isProhibited(c, current(c, record))));
  const open = useCases(c).flatMap((useCase) =>
    prohibitedBefore(c, useCase).flatMap((record) => (named.has(record) ? [] : { useCase, record })),
  );
  const of = ({ id }: TraceRecord) => open.find(({ record }) => record.id === id)?.useCase;
  return lack(
    open.map(({ record }) => record),
    () => true,
    {
      say: (fallen) => say('cl4-taken-back', { ...listed(fallen), system: rec(c.system.record) }),
      since: (record) => fellOn(c, record),
      action: (record) => classify(of(record) ?? record),
    },
  );
}

function prohibitedNone(c: Context, found: readonly TraceRecord[]): Judgement {
  if (found.length === 0)
    return unverifiable(say('cl4-unknown', { system: rec(c.system.record) }), [c.system.record]);
  const from = (record: TraceRecord) => dayOf(current(c, record), 'prohibitedFrom');
  return every(
    found,
    (record) => isProhibited(c, current(c, record)),
    {
      say: (open) =>
        runsInFact(c)
          ? say('cl4-prohibited', { ...listed(open), system: rec(c.system.record) })
          : say('gate-prohibited', listed(open)),
      since: (record) => from(record) ?? dayOf(record, 'classifiedOn') ?? createdOn(c, record),
      action: () => step(label`Take ${c.system.record} out of use`, c.system.record, 'retire'),
    },
    earliest(found.map((record) => lastAllowed(current(c, record)))),
  );
}

function signedOff(c: Context): Judgement {
  const found = allClasses(c);
  if (found.length === 0) return notApplicable(say('cl-none'));
  const law = c.organisation.catalogue.euAiAct;
  const ruleSet = law.meta.rule_set_version;
  const inLaw = found.filter((record) => {
    const content = approvedOf(c, record);
    return content && textOf(content, 'scheme') === 'eu-ai-act';
  });
  // A result without its answers cannot be held against other rules; with them it is found equal, or it is not.
  const older = inLaw.filter(
    (record) => textOf(current(c, record), 'ruleVersion') !== ruleSet && !says(current(c, record), 'answers'),
  );
  const differs = inLaw.filter((record) => {
    const content = current(c, record);
    const { answers } = content.fields;
    const stored = { answers, outcomes: listOf(content, 'outcomes') };
    return answers !== undefined && !equalInOutcome(law, stored, c.organisation.today);
  });
  const otherTier = found.filter((record) => tierMoved(c, record) !== null);
  const otherwise =
    older.length > 0
      ? unverifiable(say('cl5-version', { ...listed(older), version: ruleSet }), older)
      : holds(found);
  return gapsOr(
    [
      lack(found, (record) => approvedOf(c, record) === null, {
        say: (open) => say('cl5-none', listed(open)),
        since: (record) => dayOf(record, 'classifiedOn') ?? createdOn(c, record),
        action: (record) => approve(label`Sign off ${record}`, record),
      }),
      lack(found, (record) => (approvedOf(c, record)?.stale.length ?? 0) > 0, {
        say: (open) => say('cl5-stale', listed(open)),
        since: (record) => staleSince(c, record),
        action: (record) => step(label`Classify again: ${record}`, record, 'reopen'),
      }),
      lack(found, (record) => differs.includes(record), {
        say: (open) => say('cl5-differs', { ...listed(open), version: ruleSet }),
        since: () => null,
        action: (record) => step(label`Classify again: ${record}`, record, 'reopen'),
      }),
      lack(found, (record) => otherTier.includes(record), {
        say: (open) => say('cl5-tier', listed(open)),
        since: () => null,
        action: (record) => step(label`Classify again: ${record}`, record, 'reopen'),
      }),
      lack(found, (record) => levelGone(c, record), {
        say: (open) => say('cl5-level', listed(open)),
        since: () => null,
        action: (record) => step(label`Classify again: ${record}`, record, 'reopen'),
      }),
    ],
    otherwise,
  );
}

/** Registered on the day of record, or by a regulatory file that was made. */
function derogation(c: Context): Judgement {
  const found = lawClasses(c).filter((record) =>
    listOf(current(c, record), 'outcomes').includes('annex-iii-derogated'),
  );
  if (found.length === 0) return notApplicable(say('cl7-none', { system: rec(c.system.record) }));
  return every(found, (record) => !says(current(c, record), 'derogationReason') || !registered(c, record), {
    say: (open) => say('cl7-open', listed(open)),
    since: (record) => dayOf(record, 'classifiedOn'),
    action: (record) =>
      edit(
        label`Document ${record}`,
        record,
        says(current(c, record), 'derogationReason') ? 'registeredOn' : 'derogationReason',
      ),
  });
}

const registered = (c: Context, record: TraceRecord): boolean =>
  says(record, 'registeredOn') || onFile(c, 'registration', 'classification', record.id);
