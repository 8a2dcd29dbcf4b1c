import { firstDay, lastDay } from '../../day.ts';
import { newestTest } from '../conclusive.ts';
import {
  approvedOf,
  type Context,
  createdOn,
  inverse,
  missingSince,
  ofKind,
  type StationRules,
} from '../context.ts';
import { dueAfter, inInterval } from '../due.ts';
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
import { adopted, intervalName } from '../organisation-facts.ts';
import { counts, evidenceOf, holes, reachesTo } from '../proof.ts';
import { dayOf, linksOf, says, textOf } from '../read.ts';
import { rhythmPeriod } from '../rhythm.ts';
import { treatments } from '../risks.ts';
import { count, label, listed, names, on, rec, say } from '../say.ts';
import { inPlace } from '../soa.ts';
import { outlivedTest, testsOf } from '../tests-of.ts';
import type { Judgement } from '../types.ts';

export const evidence: StationRules = {
  id: 'evidence',
  rules: [
    { id: 'EV1', judge: periodsCovered },
    { id: 'EV2', judge: occurrencesPresent },
    { id: 'EV4', judge: tested },
    { id: 'EV5', judge: failedTestsAnswered },
    { id: 'EV6', judge: sound },
    { id: 'EV7', judge: notOnlyStatements },
  ],
  holding: (c) =>
    inPlace(c).length === 0
      ? say('hold-bare')
      : say('ev-hold', { controls: count(inPlace(c).length, 'control') }),
};

const proof = (c: Context, record: TraceRecord) => evidenceOf(c, record).filter(counts);

/** The length after which proof has grown old: the control's own rhythm, else the adopted interval of tests. */
function lastsFor(c: Context, implementation: TraceRecord): string | null {
  return rhythmPeriod(textOf(implementation, 'occurrences')) ?? adopted(c.organisation, 'control_test');
}

function endsOn(c: Context, implementation: TraceRecord): string | null {
  const reached = reachesTo(proof(c, implementation));
  const period = lastsFor(c, implementation);
  return reached === null || period === null ? null : dueAfter(c.organisation, reached, period);
}

function periodsCovered(c: Context): Judgement {
  const system = c.system.record;
  const all = inPlace(c);
  if (all.length === 0)
    return fails(
      gap(say('ev1-no-control', { system: rec(system) }), [system], {
        since: missingSince(c, system),
        causedBy: { station: 'controls' },
      }),
    );
  const none = (record: TraceRecord) => reachesTo(proof(c, record)) === null;
  const lapsed = (record: TraceRecord) => {
    const end = endsOn(c, record);
    return end !== null && c.clock.over(end);
  };
  const collect = (record: TraceRecord) =>
    create(label`Add evidence for ${record}`, 'evidence', {
      system: [system],
      implementation: [record],
      controls: linksOf(record, 'control'),
    });
  const timeless = all.filter((record) => !none(record) && lastsFor(c, record) === null);
  return gapsOr(
    [
      lack(all, none, {
        say: (open) => say('ev1-none', listed(open)),
        since: (record) => dayOf(record, 'inPlaceSince') ?? createdOn(c, record),
        action: collect,
      }),
      lack(all, lapsed, {
        say: (open) => say('ev1-lapsed', listed(open)),
        since: (record) => endsOn(c, record),
        action: collect,
      }),
    ],
    timeless.length > 0
      ? unverifiable(say('no-interval', { name: intervalName(c.organisation, 'control_test') }), timeless)
      : holds(
          [...all, ...all.flatMap((record) => proof(c, record))],
          earliest(all.map((record) => endsOn(c, record))),
        ),
  );
}

/** Judged between the first and the last piece on record; what came before the first is no occurrence known of. */
function occurrencesPresent(c: Context): Judgement {
  const all = inPlace(c).filter((record) => rhythmPeriod(textOf(record, 'occurrences')) !== null);
  if (all.length === 0) return notApplicable(say('ev2-none'));
  const missing = (record: TraceRecord) => holes(record, proof(c, record), c.organisation.inputs.calendar);
  const first = all.find((record) => missing(record).length > 0);
  const hole = first ? missing(first)[0] : undefined;
  return every(all, (record) => missing(record).length > 0, {
    say: (open) =>
      open.length === 1 && hole
        ? say('ev2-hole', { ...listed(open), from: on(hole.from), to: on(hole.to) })
        : say('ev2-holes', listed(open)),
    since: (record) => missing(record)[0]?.from ?? null,
    action: (record) =>
      create(label`Add evidence for ${record}`, 'evidence', {
        system: [c.system.record],
        implementation: [record],
        controls: linksOf(record, 'control'),
      }),
  });
}

const isEffective = (test: TraceRecord | null): boolean =>
  test !== null && textOf(test, 'conclusion') === 'effective';

/** The newest conclusion counts: what was found effective once is not by a test that found otherwise since. */
function tested(c: Context): Judgement {
  const all = inPlace(c);
  if (all.length === 0) return notApplicable(say('ev-none', { system: rec(c.system.record) }));
  const newest = (record: TraceRecord) => newestTest(testsOf(c, record));
  const ever = (record: TraceRecord) => testsOf(c, record).some(isEffective);
  const test = (record: TraceRecord) =>
    create(label`Test ${record}`, 'control-test', {
      system: [c.system.record],
      control: linksOf(record, 'control'),
      implementation: [record],
    });
  const outlived = (record: TraceRecord) => outlivedTest(c, record);
  const changed = lack(all, (record) => outlived(record) !== null, {
    say: (open) => {
      const all = [...new Set(open.flatMap((record) => outlived(record)?.changed ?? []))];
      return say('ev4-changed', {
        records: listed(all).records,
        tests: names([...new Set(open.flatMap((record) => outlived(record)?.test ?? []))]),
        it: all.length === 1 ? 'it' : 'them',
      });
    },
    since: (record) =>
      earliest((outlived(record)?.changed ?? []).map((one) => c.organisation.zone.dayOf(one.materialAt))),
    action: test,
  });
  const none = lack(all, (record) => !ever(record) && outlived(record) === null, {
    say: (open) => say('ev4-none', listed(open)),
    since: (record) => dayOf(record, 'inPlaceSince') ?? createdOn(c, record),
    action: test,
  });
  const turned = lack(all, (record) => ever(record) && !isEffective(newest(record)), {
    say: (open) =>
      say('ev4-turned', {
        records: listed(open).records,
        tests: listed(open.flatMap((record) => newest(record) ?? [])).records,
      }),
    since: (record) => {
      const last = newest(record);
      return last && dayOf(last, 'testedOn');
    },
    action: test,
  });
  if (none || turned || changed) return gapsOr([none, turned, changed], holds([]));
  const tests = all.flatMap((record) => newest(record) ?? []);
  return inInterval(c, tests, {
    interval: 'control_test',
    last: (last) => dayOf(last, 'testedOn'),
    next: (last) => dayOf(last, 'nextTest'),
    over: (late) => say('ev4-over', listed(late)),
    action: (last) =>
      create('Test again', 'control-test', {
        system: [c.system.record],
        control: linksOf(last, 'control'),
        implementation: linksOf(last, 'implementation'),
      }),
  });
}

/** A failed test is answered by a nonconformity that says what failed and has an owner, by a treatment since, or by a later test that finds it effective. */
function failedTestsAnswered(c: Context): Judgement {
  const failed = ofKind(c, 'control-test').filter(
    (test) => test.state === 'concluded' && textOf(test, 'conclusion') === 'not-effective',
  );
  if (failed.length === 0) return notApplicable(say('ev5-none'));
  const raised = (test: TraceRecord) => inverse(c, test, 'nonconformity', 'test');
  // A name alone says neither what failed nor who puts it right (10.2).
  const whole = (one: TraceRecord) =>
    says(one, 'description') && one.owner !== null && one.state !== 'rejected';
  const thin = (test: TraceRecord) => raised(test).filter((one) => one.state !== 'rejected' && !whole(one));
  const open = failed.filter(
    (test) => !raised(test).some(whole) && !treatedSince(c, test) && !effectiveSince(c, test),
  );
  const named = lack(open, (test) => thin(test).length > 0, {
    say: (tests) => say('ev5-thin', { ...listed(tests.flatMap(thin)), tests: names(tests) }),
    since: (test) => dayOf(test, 'testedOn'),
    action: (test) => {
      const [one = test] = thin(test);
      return edit(label`Say what failed in ${one}`, one, says(one, 'description') ? 'owner' : 'description');
    },
  });
  const bare = lack(open, (test) => thin(test).length === 0, {
    say: (tests) => say('ev5-open', listed(tests)),
    since: (test) => dayOf(test, 'testedOn'),
    action: (test) =>
      create(
        'Record a nonconformity',
        'nonconformity',
        { system: [c.system.record], test: [test], controls: linksOf(test, 'control') },
        { source: 'control-test', level: 'system' },
      ),
  });
  return gapsOr([named, bare], holds(failed));
}

/** Whether a treatment of the control, approved and not given up, was made after what the test found. */
function treatedSince(c: Context, test: TraceRecord): boolean {
  const day = dayOf(test, 'testedOn') ?? createdOn(c, test);
  const after = (treatment: TraceRecord) => {
    const made = createdOn(c, treatment);
    if (made > lastDay(day)) return true;
    // Within the days of the test only the moment tells which came first: when its conclusion was written last.
    return made >= firstDay(day) && Date.parse(treatment.createdAt) > Date.parse(test.materialAt);
  };
  return treatments(c).some((treatment) => {
    const inForce = approvedOf(c, treatment);
    const controls = inForce ? linksOf(inForce, 'controls') : [];
    return controls.some((control) => linksOf(test, 'control').includes(control)) && after(treatment);
  });
}

/** Whether each implementation that a test judged was found effective by a newer one. */
function effectiveSince(c: Context, test: TraceRecord): boolean {
  const named = linksOf(test, 'implementation');
  const judged = inPlace(c).filter((record) =>
    named.length > 0
      ? named.includes(record.id)
      : linksOf(record, 'control').some((control) => linksOf(test, 'control').includes(control)),
  );
  return (
    judged.length > 0 && judged.every((record) => isEffective(newestTest([...testsOf(c, record), test])))
  );
}

function sound(c: Context): Judgement {
  const all = ofKind(c, 'evidence').filter((record) => record.state === 'kept');
  if (all.length === 0) return notApplicable(say('ev6-none', { system: rec(c.system.record) }));
  const integrity = (record: TraceRecord) => textOf(record, 'integrity');
  const broken = (record: TraceRecord) => integrity(record) === 'differs' || integrity(record) === 'missing';
  const bare = (record: TraceRecord) =>
    !broken(record) && (!says(record, 'origin') || (!says(record, 'file') && !says(record, 'digest')));
  const unchecked = all.filter(
    (record) => !['matches', 'differs', 'missing'].includes(integrity(record) ?? ''),
  );
  return gapsOr(
    [
      lack(all, broken, {
        say: (open) => say('ev6-broken', listed(open)),
        since: (record) => momentDay(c, record, 'checkedAt'),
        action: (record) => ({ label: label`Look at ${record}`, do: { type: 'open', record: record.id } }),
      }),
      lack(all, bare, {
        say: (open) => say('ev6-bare', listed(open)),
        since: (record) => createdOn(c, record),
        action: (record) =>
          edit(label`Complete ${record}`, record, says(record, 'origin') ? 'digest' : 'origin'),
      }),
      lack(all, (record) => !says(record, 'keepUntil'), {
        say: (open) => say('ev6-keep', listed(open)),
        since: (record) => createdOn(c, record),
        action: (record) => edit(label`Set how long ${record} is kept`, record, 'keepUntil'),
      }),
    ],
    unchecked.length > 0 ? unverifiable(say('ev6-unchecked', listed(unchecked)), unchecked) : holds(all),
  );
}

function momentDay(c: Context, record: TraceRecord, field: string): string | null {
  const moment = textOf(record, field);
  return moment === null ? null : c.organisation.zone.dayOf(moment);
}

function notOnlyStatements(c: Context): Judgement {
  const all = inPlace(c).filter((record) => evidenceOf(c, record).length > 0);
  if (all.length === 0) return notApplicable(say('ev7-none', { system: rec(c.system.record) }));
  const onlyStated = (record: TraceRecord) =>
    evidenceOf(c, record).every((item) => textOf(item, 'type') === 'owner-statement');
  return every(all, onlyStated, {
    say: (open) => say('ev7-open', listed(open)),
    since: (record) => dayOf(record, 'inPlaceSince') ?? createdOn(c, record),
    action: (record) =>
      create(label`Add evidence for ${record}`, 'evidence', {
        system: [c.system.record],
        implementation: [record],
      }),
  });
}
