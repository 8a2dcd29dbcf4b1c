import { firstDay, lastDay } from '../../day.ts';
import { isHigh } from '../classes.ts';
import { type Context, createdOn, inverse, ofKind, runningSince, type StationRules } from '../context.ts';
import { dueBy, latest } from '../due.ts';
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
import { byDay } from '../order.ts';
import { intervalName } from '../organisation-facts.ts';
import { cellDay, dayOf, rowsOf, says, textOf } from '../read.ts';
import { label, listed, on, rec, say } from '../say.ts';
import type { Judgement } from '../types.ts';

export const assurance: StationRules = {
  id: 'assurance',
  rules: [
    { id: 'AS2', judge: (c) => looked(c, 'walk_high_risk', true) },
    { id: 'AS3', judge: independent },
    { id: 'AS4', judge: triaged },
    { id: 'AS5', judge: reported },
    { id: 'AS6', judge: followedUp },
    { id: 'AS7', judge: (c) => looked(c, 'walk_other', false) },
  ],
  holding: (c) => {
    const last = looks(c)[0];
    return last ? say('as-hold', { record: rec(last.record), day: on(last.day) }) : say('as-hold-none');
  },
};

const concluded = (c: Context): TraceRecord[] =>
  ofKind(c, 'walk').filter((walk) => walk.state === 'concluded' && walk.system === c.system.record.id);

/** Independent walks and reported audits of the system, newest first. */
function looks(c: Context): { record: TraceRecord; day: string }[] {
  const walks = concluded(c).filter(
    (walk) => textOf(walk, 'independence') === 'independent' && says(walk, 'conclusion'),
  );
  const audits = inverse(c, c.system.record, 'audit', 'systems').filter(
    (audit) => audit.state === 'reported',
  );
  return [
    ...walks.map((record) => ({ record, day: dayOf(record, 'walkedOn') ?? createdOn(c, record) })),
    ...audits.map((record) => ({
      record,
      day: dayOf(record, 'reportIssuedOn') ?? dayOf(record, 'periodTo') ?? createdOn(c, record),
    })),
  ].sort((a, b) => byDay(b.day, a.day));
}

/** A system that nobody looked at yet counts from the day it went live. Unclassified counts as "any other". */
function looked(c: Context, interval: string, high: boolean): Judgement {
  const system = c.system.record;
  const known = isHigh(c);
  if (high && known === null) return unverifiable(say('as2-unknown', { system: rec(system) }), [system]);
  if (high !== (known === true))
    return notApplicable(say(high ? 'as2-not-high' : 'as7-high', { system: rec(system) }));
  const last = looks(c)[0];
  const due = dueBy(c, {
    interval,
    last: latest([last?.day ?? null]) ?? runningSince(c),
    next: dayOf(system, 'nextReview'),
  });
  if (due.state === 'no-interval')
    return unverifiable(say('no-interval', { name: intervalName(c.organisation, interval) }), [system]);
  if (due.state === 'in-time') return holds(last ? [last.record] : [system], due.until);
  return fails(
    gap(
      last
        ? say('as-over', { system: rec(system), day: on(last.day) })
        : say('as-never', { system: rec(system), day: on(runningSince(c)) }),
      last ? [system, last.record] : [system],
      { since: due.since, action: create('Walk it', 'walk', { system: [system] }) },
    ),
  );
}

function independent(c: Context): Judgement {
  const walks = concluded(c);
  if (walks.length === 0) return notApplicable(say('as3-none'));
  return every(walks, (walk) => textOf(walk, 'independence') !== 'independent', {
    say: (open) => say('as3-open', listed(open)),
    since: (walk) => dayOf(walk, 'walkedOn') ?? createdOn(c, walk),
    action: () => create('Walk it again', 'walk', { system: [c.system.record] }),
  });
}

const day = (c: Context, record: TraceRecord, field: string): string | null => {
  const moment = textOf(record, field);
  return moment === null ? null : c.organisation.zone.dayOf(moment);
};

/** Judged by the day of the limit; of concerns those alone that whoever reads is a party of. */
function triaged(c: Context): Judgement {
  const incidents = ofKind(c, 'incident');
  const all = [...incidents, ...ofKind(c, 'concern')];
  const drills = incidents.filter((record) => textOf(record, 'drill') === 'yes');
  const open = all.filter(
    (record) => record.state !== 'closed' && !says(record, 'triagedAt') && !drills.includes(record),
  );
  if (open.length === 0)
    return all.length === 0 ? notApplicable(say('as4-none', { system: rec(c.system.record) })) : holds(all);
  const limit = (record: TraceRecord) => day(c, record, 'triageBy');
  // Each kind by itself: what is sealed is told apart from what everybody reads.
  const late = ['incident', 'concern'].flatMap(
    (kind) =>
      lack(open, (record) => record.kind === kind && isOver(c, limit(record)), {
        say: (untriaged) => say('as4-late', listed(untriaged)),
        since: limit,
        action: (record) => edit(label`Triage ${record}`, record, 'triagedAt'),
      }) ?? [],
  );
  if (late.length > 0) return fails(...late);
  const unlimited = open.filter((record) => limit(record) === null);
  return unlimited.length > 0
    ? unverifiable(say('as4-no-limit', listed(unlimited)), unlimited)
    : holds(open, earliest(open.map(limit)));
}

const isOver = (c: Context, limit: string | null): boolean => limit !== null && c.clock.over(limit);

function reported(c: Context): Judgement {
  const serious = ofKind(c, 'incident').filter(
    (record) => textOf(record, 'serious') === 'yes' && textOf(record, 'drill') !== 'yes',
  );
  if (serious.length === 0) return notApplicable(say('as5-none', { system: rec(c.system.record) }));
  const rows = (record: TraceRecord) => rowsOf(record, 'reports');
  const late = (record: TraceRecord) =>
    rows(record).flatMap((row) => {
      const [due, sent] = [cellDay(row, 'due'), cellDay(row, 'sent')];
      return due !== null && (sent === null ? c.clock.over(due) : firstDay(sent) > lastDay(due)) ? [due] : [];
    });
  const next = serious.flatMap((record) =>
    rows(record).flatMap((row) => (cellDay(row, 'sent') === null ? (cellDay(row, 'due') ?? []) : [])),
  );
  return gapsOr(
    [
      lack(serious, (record) => rows(record).length === 0, {
        say: (open) => say('as5-unplanned', listed(open)),
        since: (record) => day(c, record, 'awareAt') ?? createdOn(c, record),
        action: (record) => edit(label`Name the reports of ${record}`, record, 'reports'),
      }),
      lack(serious, (record) => late(record).length > 0, {
        say: (open) => say('as5-late', listed(open)),
        since: (record) => earliest(late(record)),
        action: (record) => edit(label`Report ${record}`, record, 'reports'),
      }),
    ],
    holds(serious, earliest(next)),
  );
}

/** Findings of whatever origin: those at home here, and those of audits that name this system's controls stay with the audit. */
function followedUp(c: Context): Judgement {
  const all = ofKind(c, 'finding').filter((record) => record.system === c.system.record.id);
  if (all.length === 0) return notApplicable(say('as6-none', { system: rec(c.system.record) }));
  const open = (record: TraceRecord) => record.state === 'open';
  const raised = (record: TraceRecord) => dayOf(record, 'seenOn') ?? createdOn(c, record);
  const isMissed = (record: TraceRecord) => ['major', 'minor'].includes(textOf(record, 'grade') ?? '');
  const hasCase = (record: TraceRecord) => inverse(c, record, 'nonconformity', 'finding').length > 0;
  const dues = all.filter((record) => open(record) && !says(record, 'answeredOn'));
  return gapsOr(
    [
      lack(all, (record) => !says(record, 'grade'), {
        say: (ungraded) => say('as6-grade', listed(ungraded)),
        since: raised,
        action: (record) => edit(label`Grade ${record}`, record, 'grade'),
      }),
      lack(dues, (record) => isOver(c, dayOf(record, 'answerDue')), {
        say: (late) => say('as6-late', listed(late)),
        since: (record) => dayOf(record, 'answerDue'),
        action: (record) => edit(label`Answer ${record}`, record, 'answer'),
      }),
      lack(all, (record) => !open(record) && isMissed(record) && !hasCase(record), {
        say: (dropped) => say('as6-dropped', listed(dropped)),
        since: (record) => dayOf(record, 'answeredOn') ?? raised(record),
        action: (record) =>
          create(
            'Record a nonconformity',
            'nonconformity',
            { system: [c.system.record], finding: [record] },
            { grade: textOf(record, 'grade'), level: 'system' },
          ),
      }),
    ],
    holds(all, earliest(dues.map((record) => dayOf(record, 'answerDue')))),
  );
}
