import { firstDay, lastDay } from '../../day.ts';
import { liveVersions, parts, suppliers } from '../composition.ts';
import { type Context, missingSince, ofKind, runningSince, type StationRules, sharedOf } from '../context.ts';
import { inInterval, lastToEnd } from '../due.ts';
import type { TraceRecord } from '../inputs.ts';
import {
  create,
  earliest,
  edit,
  every,
  fails,
  gap,
  gapsOr,
  holds,
  lack,
  notApplicable,
  unverifiable,
} from '../judge.ts';
import { cellDay, dayOf, linksOf, listOf, rowsOf, says, silent, textOf } from '../read.ts';
import { count, label, listed, rec, say, wordList } from '../say.ts';
import type { Judgement } from '../types.ts';
import { useCases } from '../use-cases.ts';

export const supply: StationRules = {
  id: 'supply',
  rules: [
    { id: 'SU1', judge: diligence },
    { id: 'SU2', judge: responsibilities },
    { id: 'SU3', judge: rights },
    { id: 'SU4', judge: dataKnown },
    { id: 'SU5', judge: documented },
    { id: 'SU6', judge: suppliersReviewed },
    { id: 'SU8', judge: agreementInLaw },
    { id: 'SU9', judge: inputData },
  ],
  holding: (c) =>
    say('su-hold', {
      models: count(parts(c, 'model').length, 'model'),
      data: count(parts(c, 'dataset').length, 'data set'),
      suppliers: count(suppliers(c).length, 'supplier'),
    }),
};

/** What the uses say of where the system comes from: bought parts without a supplier on record are a gap. */
const fromOutside = ['contracted', 'in-house-and-contracted', 'bought', 'embedded', 'open-source', 'partner'];

/** The suppliers, or why rules on suppliers find none to judge. */
function suppliersOr(c: Context): { found: TraceRecord[] } | { instead: Judgement } {
  const found = suppliers(c);
  if (found.length > 0) return { found };
  const cases = useCases(c);
  const system = c.system.record;
  const outside = cases.filter((record) => fromOutside.includes(textOf(record, 'sourcing') ?? ''));
  if (outside.length > 0)
    return {
      instead: fails(
        gap(say('su1-unnamed', { ...listed(outside), system: rec(system) }), [system, ...outside], {
          since: missingSince(c, system),
          action: edit('Name the supplier', system, 'usesSupplier'),
        }),
      ),
    };
  const stated = cases.length > 0 && cases.every((record) => says(record, 'sourcing'));
  return {
    instead: stated
      ? notApplicable(say('su-in-house', { system: rec(system) }))
      : unverifiable(say('su-sourcing', { system: rec(system) }), [system]),
  };
}

/** Other rules on suppliers do not repeat the gap that none is named. */
function ofSuppliers(c: Context, judge: (found: TraceRecord[]) => Judgement): Judgement {
  const known = suppliersOr(c);
  if ('found' in known) return judge(known.found);
  return known.instead.verdict === 'gap' ? notApplicable(say('su-none')) : known.instead;
}

function diligence(c: Context): Judgement {
  const known = suppliersOr(c);
  if (!('found' in known)) return known.instead;
  const { found } = known;
  const firstUse = (record: TraceRecord) =>
    dayOf(record, 'firstUsedOn') ?? (c.system.live ? runningSince(c) : null);
  const done = (record: TraceRecord) => dayOf(record, 'diligenceOn');
  const late = (record: TraceRecord) => {
    const [day, used] = [done(record), firstUse(record)];
    // Dates known only to the month count for the organisation: finished by the month's end is not "late".
    return day !== null && used !== null && firstDay(day) > lastDay(used) && !says(record, 'catchUpReason');
  };
  return gapsOr(
    [
      lack(found, (record) => done(record) === null && !catchingUp(c, record), {
        say: (open) => say('su1-none', listed(open)),
        since: (record) => firstUse(record) ?? missingSince(c, record),
        action: (record) => edit(label`Record diligence on ${record}`, record, 'diligenceOn'),
      }),
      lack(found, (record) => textOf(record, 'diligenceResult') === 'not-suitable', {
        say: (open) => say('su1-unsuitable', listed(open)),
        since: done,
        action: (record) => edit(label`Decide on ${record}`, record, 'diligenceResult'),
      }),
      lack(found, late, {
        say: (open) => say('su1-late', listed(open)),
        since: firstUse,
        action: (record) => edit(label`Say why ${record} came first`, record, 'catchUpReason'),
      }),
    ],
    holds(found, earliest(found.map((record) => (done(record) ? null : dayOf(record, 'catchUpBy'))))),
  );
}

function catchingUp(c: Context, record: TraceRecord): boolean {
  const by = dayOf(record, 'catchUpBy');
  return by !== null && says(record, 'catchUpReason') && !c.clock.over(by);
}

/** Duties towards a supplier, on this system or for the whole organisation, in writing and in force today. */
function agreed(c: Context, supplier: TraceRecord): TraceRecord[] {
  const all = new Set([...ofKind(c, 'responsibility'), ...sharedOf(c, 'responsibility')]);
  return [...all].filter(
    (record) =>
      linksOf(record, 'supplier').includes(supplier.id) &&
      record.state === 'in-force' &&
      textOf(record, 'inWriting') === 'yes' &&
      c.clock.within(dayOf(record, 'validFrom'), dayOf(record, 'validTo')),
  );
}

/** Judged for the stage in which the system is: what is owed at other stages is asked for when they come. */
function responsibilities(c: Context): Judgement {
  return ofSuppliers(c, (found) => {
    const covering = (record: TraceRecord) =>
      agreed(c, record).filter((duty) => {
        const stages = listOf(duty, 'stages');
        return stages.length === 0 || stages.includes(c.system.stage.id);
      });
    return every(
      found,
      (record) => covering(record).length === 0,
      {
        say: (open) => say('su2-none', listed(open)),
        since: (record) => missingSince(c, record),
        action: (record) =>
          create('Record the duties', 'responsibility', { system: [c.system.record], supplier: [record] }),
      },
      earliest(found.map((record) => lastToEnd(covering(record).map((duty) => dayOf(duty, 'validTo'))))),
    );
  });
}

const rightsAsked: Readonly<Record<string, string>> = {
  changeNotice: 'notice of change',
  logAccess: 'logs',
  correctionRight: 'correction',
};

function rights(c: Context): Judgement {
  const missing = (record: TraceRecord) =>
    Object.keys(rightsAsked).filter(
      (part) => !['yes', 'not-applicable'].includes(textOf(record, part) ?? ''),
    );
  return ofSuppliers(c, (found) =>
    every(found, (record) => missing(record).length > 0, {
      say: (open) =>
        say('su3-none', {
          ...listed(open),
          rights: wordList([...new Set(open.flatMap(missing))].map((part) => rightsAsked[part] ?? part)),
        }),
      since: (record) => missingSince(c, record),
      action: (record) => edit(`Record the rights`, record, missing(record)[0] ?? 'changeNotice'),
    }),
  );
}

function dataKnown(c: Context): Judgement {
  const found = parts(c, 'dataset');
  if (found.length === 0) return notApplicable(say('su4-none', { system: rec(c.system.record) }));
  const words: Readonly<Record<string, string>> = {
    provenance: 'provenance',
    rights: 'rights',
    qualityResults: 'quality results',
  };
  const missing = (record: TraceRecord) => silent(record, Object.keys(words));
  return every(found, (record) => missing(record).length > 0, {
    say: (open) =>
      say('su4-open', {
        ...listed(open),
        missing: wordList([...new Set(open.flatMap(missing))].map((part) => words[part] ?? part)),
      }),
    since: (record) => missingSince(c, record),
    action: (record) => edit(label`Complete ${record}`, record, missing(record)[0] ?? 'provenance'),
  });
}

/** What a system is documented to be made of (A.4.2 to A.4.6), with the field that names it. */
function documented(c: Context): Judgement {
  const types = new Set(parts(c, 'resource').map((record) => textOf(record, 'type')));
  const asked: readonly [boolean, string, string][] = [
    [parts(c, 'model').length > 0, 'models', 'usesModel'],
    [parts(c, 'dataset').length > 0, 'data', 'usesDataset'],
    [types.has('tool') || types.has('service'), 'tools', 'usesResource'],
    [types.has('computing'), 'computing', 'usesResource'],
    [types.has('people'), 'people', 'usesResource'],
  ];
  const missing = asked.filter(([there]) => !there);
  const system = c.system.record;
  const since = missingSince(c, system);
  const versions = liveVersions(c);
  const noVersion =
    c.system.live && versions.length === 0
      ? gap(say('su5-version', { system: rec(system) }), [system], {
          since,
          action: create('Record the version', 'system-version', { system: [system] }),
        })
      : null;
  const [first] = missing;
  const incomplete = first
    ? gap(
        say('su5-open', { system: rec(system), missing: wordList(missing.map(([, word]) => word)) }),
        [system],
        {
          since,
          action: edit(`Name the ${first[1]}`, system, first[2]),
        },
      )
    : null;
  return gapsOr(
    [incomplete, noVersion],
    holds([...versions, ...parts(c, 'model'), ...parts(c, 'dataset'), ...parts(c, 'resource')]),
  );
}

function suppliersReviewed(c: Context): Judgement {
  return ofSuppliers(c, (found) => {
    const late = lack(found, (record) => overdue(c, record).length > 0, {
      say: (open) => say('su6-demand', listed(open)),
      since: (record) => earliest(overdue(c, record)),
      action: (record) => edit(label`Follow up with ${record}`, record, 'demands'),
    });
    if (late) return fails(late);
    const reviewed = inInterval(c, found, {
      interval: 'supplier_review',
      last: (record) =>
        dayOf(record, 'reviewedOn') ?? dayOf(record, 'diligenceOn') ?? missingSince(c, record),
      next: (record) => dayOf(record, 'nextReview'),
      over: (open) => say('su6-over', listed(open)),
      action: (record) => edit(label`Record the review of ${record}`, record, 'reviewedOn'),
    });
    return reviewed.verdict === 'holds'
      ? { ...reviewed, until: earliest([reviewed.until, ...found.flatMap(unanswered)]) }
      : reviewed;
  });
}

/** Days by which demands on a supplier are to be answered, the answered aside. */
const unanswered = (record: TraceRecord): string[] =>
  rowsOf(record, 'demands').flatMap((row) =>
    cellDay(row, 'answered') === null ? (cellDay(row, 'due') ?? []) : [],
  );
const overdue = (c: Context, record: TraceRecord): string[] =>
  unanswered(record).filter((due) => c.clock.over(due));

function agreementInLaw(c: Context): Judgement {
  return ofSuppliers(c, (found) =>
    every(
      found,
      (record) => !agreed(c, record).some((duty) => textOf(duty, 'informationAndAccess') === 'yes'),
      {
        say: (open) => say('su8-none', listed(open)),
        since: (record) => missingSince(c, record),
        action: (record) =>
          create('Record the agreement', 'responsibility', { system: [c.system.record], supplier: [record] }),
      },
    ),
  );
}

function inputData(c: Context): Judgement {
  const cases = useCases(c);
  if (cases.length === 0) return notApplicable(say('uc-none'));
  const answered = (record: TraceRecord) => textOf(record, 'inputDataRelevant');
  return every(
    cases,
    (record) =>
      answered(record) !== 'not-applicable' &&
      (answered(record) !== 'yes' || !says(record, 'inputDataCheckedOn')),
    {
      say: (open) => say('su9-open', listed(open)),
      since: (record) => missingSince(c, record),
      action: (record) => edit(label`Check the input of ${record}`, record, 'inputDataRelevant'),
    },
  );
}
