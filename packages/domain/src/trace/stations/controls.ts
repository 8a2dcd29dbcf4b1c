import { lastDay } from '../../day.ts';
import { saysWhy } from '../../kinds/applicability.ts';
import {
  approvedOf,
  type Context,
  createdOn,
  found,
  missingSince,
  ownOf,
  type StationRules,
  sharedOf,
} from '../context.ts';
import type { TraceRecord } from '../inputs.ts';
import { create, edit, every, fails, gap, gapsOr, holds, lack, notApplicable, open, step } from '../judge.ts';
import { movedTimes } from '../moved.ts';
import { byDay } from '../order.ts';
import { dayOf, linksOf, says, silent, textOf } from '../read.ts';
import { acceptanceOf, openRisks } from '../risks.ts';
import { count, label, listed, rec, say, titled, wordList } from '../say.ts';
import {
  applicableControls,
  calledFor,
  demandedControls,
  inPlace,
  placeOf,
  soaDecision,
  soaLine,
} from '../soa.ts';
import type { Judgement } from '../types.ts';

export const controls: StationRules = {
  id: 'controls',
  rules: [
    { id: 'CO1', judge: applicableWhereCalled },
    { id: 'CO2', judge: exclusionsReasoned },
    { id: 'CO3', judge: implemented },
    { id: 'CO4', judge: demandedInPlace },
    { id: 'CO5', judge: movedDates },
    { id: 'CO6', judge: described },
  ],
  holding: (c) => {
    const needed = [...applicableControls(c, 'system'), ...applicableControls(c, 'organisation')];
    return needed.length === 0
      ? say('hold-bare')
      : say('co-hold', { controls: count(needed.length, 'control') });
  },
};

function applicableWhereCalled(c: Context): Judgement {
  const system = c.system.record;
  const called = found(c, [...calledFor(c).keys()]);
  if (called.length === 0) {
    if (openRisks(c).length > 0) return notApplicable(say('co1-none', { system: rec(system) }));
    return fails(
      gap(say('co1-no-risk', { system: rec(system) }), [system], {
        since: missingSince(c, system),
        causedBy: { station: 'risk' },
      }),
    );
  }
  return gapsOr(
    [
      lack(called, (control) => soaDecision(c, control) === 'none', {
        say: (undecided) => say('co1-undecided', listed(undecided)),
        since: (control) => createdOn(c, control),
        action: (control) =>
          create(label`Decide on ${titled(control)}`, 'applicability', { control: [control] }),
      }),
      lack(called, (control) => soaDecision(c, control) === 'unapproved', {
        say: (unapproved) => say('co1-unapproved', listed(unapproved)),
        since: (control) => createdOn(c, soaLine(c, control) ?? control),
        action: (control) => {
          const line = soaLine(c, control);
          return line ? { label: label`Approve ${line}`, do: { type: 'approve', record: line.id } } : null;
        },
      }),
    ],
    holds(called),
  );
}

function exclusionsReasoned(c: Context): Judgement {
  const called = calledFor(c);
  const standing = sharedOf(c, 'applicability').filter((line) => linesBeside(c, line).includes(line));
  const excluded = standing.filter((line) => {
    const content = approvedOf(c, line);
    return content !== null && textOf(content, 'decision') === 'excluded';
  });
  const twice = standing.filter((line) => linesBeside(c, line).length > 1);
  if (excluded.length + twice.length === 0) return notApplicable(say('co2-none'));
  const callers = (line: TraceRecord) =>
    linksOf(line, 'control').flatMap((control) => called.get(control) ?? []);
  const contradicted = excluded.filter((line) => callers(line).length > 0);
  const [first] = contradicted;
  const against = listed([...new Set(contradicted.flatMap(callers))], 2);
  const contradiction = first
    ? gap(
        say('co2-contradiction', {
          ...listed(contradicted),
          callers: against.records,
          call: against.s === '' ? 'call' : 'calls',
        }),
        [...contradicted, ...contradicted.flatMap(callers)],
        {
          since:
            dayOf(first, 'decidedOn') ??
            c.organisation.zone.dayOf(approvedOf(c, first)?.at ?? first.createdAt),
          action: open('Open both', first),
        },
      )
    : null;
  const doubled = lack(twice, () => true, {
    say: (lines) => say('co2-twice', listed(lines)),
    since: (line) => c.organisation.zone.dayOf(approvedOf(c, line)?.at ?? line.createdAt),
    action: (line) => open('Open both', line),
  });
  const bare = lack(excluded, (line) => !saysWhy(approvedOf(c, line) ?? line), {
    say: (unreasoned) => say('co2-reason', listed(unreasoned)),
    since: (line) => dayOf(line, 'decidedOn'),
    causedBy: { organisation: '6.1.3' },
  });
  return gapsOr([contradiction, doubled, bare], holds(excluded));
}

/** Lines in force that decide about the control of this one; a draft beside one in force is none of them. */
const linesBeside = (c: Context, line: TraceRecord): readonly TraceRecord[] =>
  linksOf(approvedOf(c, line) ?? line, 'control').flatMap(
    (control) => c.organisation.linesInForce.get(control) ?? [],
  );

/** A control put in place once for the organisation falls with the organisation's line; the others are this system's. */
function implemented(c: Context): Judgement {
  const system = c.system.record;
  if (!c.system.live) return notApplicable(say('not-live', { system: rec(system) }));
  const own = applicableControls(c, 'system');
  const shared = applicableControls(c, 'organisation');
  if (own.length + shared.length === 0)
    return fails(
      gap(say('co3-no-soa', { system: rec(system) }), [system], {
        since: missingSince(c, system),
        causedBy: { organisation: '6.1.3' },
      }),
    );
  const placed = new Map([...own, ...shared].map((control) => [control.id, placeOf(c, control)]));
  const missing = (control: TraceRecord) => placed.get(control.id)?.state === 'missing';
  const begun = (control: TraceRecord) => {
    const place = placed.get(control.id);
    return place?.state === 'missing' ? place.record : null;
  };
  const gaps = [
    lack(own, (control) => missing(control) && begun(control) === null, {
      say: (open) => say('co3-missing', { ...listed(open), system: rec(system) }),
      since: (control) => missingSince(c, control),
      action: (control) =>
        create(label`Put ${titled(control)} in place`, 'implementation', {
          system: [system],
          control: [control],
        }),
    }),
    lack(
      own.flatMap((control) => begun(control) ?? []),
      () => true,
      {
        say: (open) => say('co3-planned', listed(open)),
        since: (record) => overdue(c, record) ?? createdOn(c, record),
        action: (record) =>
          record.state === 'in-place'
            ? edit(label`Correct ${record}`, record, 'inPlaceSince')
            : step(label`Complete ${record}`, record, 'complete'),
      },
    ),
    lack(shared, missing, {
      say: (open) => say('co3-organisation', listed(open)),
      since: (control) => createdOn(c, control),
      causedBy: { organisation: '8.1' },
    }),
  ];
  const accepted = [...placed.values()].flatMap((place) => (place.state === 'accepted' ? [place] : []));
  const [first] = accepted.sort((a, b) => byDay(lastDay(a.until), lastDay(b.until)));
  if (!first) return gapsOr(gaps, holds([...own, ...shared]));
  return gapsOr(gaps, {
    verdict: 'accepted',
    gaps: [
      gap(
        say('co3-accepted', listed(accepted.map(({ record }) => record))),
        accepted.map(({ record }) => record),
        {
          since: dayOf(first.record, 'firstPlannedOn') && createdOn(c, first.record),
          action: step(label`Complete ${first.record}`, first.record, 'complete'),
        },
      ),
    ],
    by: first.by,
    until: lastDay(first.until),
  });
}

/** Planned does not count where law or a gate demands a control, and nobody can accept that (CO4). */
function demandedInPlace(c: Context): Judgement {
  const demanded = demandedControls(c);
  if (demanded.length === 0) return notApplicable(say('co4-none'));
  return every(demanded, (control) => placeOf(c, control).state !== 'in-place', {
    say: (open) => say('co4-open', listed(open)),
    since: (control) => missingSince(c, control),
    action: (control) =>
      create(label`Put ${titled(control)} in place`, 'implementation', {
        system: [c.system.record],
        control: [control],
      }),
  });
}

/** Whether the acceptance was given after the move is judged by its void: the terms of a risk end with their change. */
function movedDates(c: Context): Judgement {
  const moved = ownOf(c, 'implementation').filter((record) => {
    const [first, planned] = [dayOf(record, 'firstPlannedOn'), dayOf(record, 'plannedOn')];
    return (
      ['planned', 'partly'].includes(record.state) &&
      first !== null &&
      planned !== null &&
      lastDay(planned) > lastDay(first)
    );
  });
  if (moved.length === 0) return notApplicable(say('co5-none'));
  const accepted = (record: TraceRecord) =>
    found(c, linksOf(record, 'interimRisk')).flatMap((risk) => {
      const acceptance = acceptanceOf(c, risk);
      return acceptance.state === 'in-force' ? [acceptance.at] : [];
    });
  const covered = (record: TraceRecord) => says(record, 'movedBecause') && accepted(record).length > 0;
  // Who bears the risk agreed to one delay; the next one is theirs to agree to again (8.3).
  const agreed = (record: TraceRecord) =>
    movedTimes(record) < 2 || accepted(record).some((at) => Date.parse(at) >= Date.parse(record.materialAt));
  return gapsOr(
    [
      lack(moved, (record) => !covered(record), {
        say: (open) => say('co5-open', listed(open)),
        since: (record) => overdue(c, record),
        action: (record) =>
          edit(
            'Name the interim risk',
            record,
            says(record, 'movedBecause') ? 'interimRisk' : 'movedBecause',
          ),
      }),
      lack(moved, (record) => covered(record) && !agreed(record), {
        say: (again) => say('co5-again', listed(again)),
        since: (record) => c.organisation.zone.dayOf(record.materialAt),
        action: (record) => {
          const [risk] = found(c, linksOf(record, 'interimRisk'));
          return risk ? open(label`Accept ${risk} anew`, risk) : null;
        },
      }),
    ],
    holds(moved),
  );
}

/** The day first named, once it is over: before that a plan is late by no day. */
function overdue(c: Context, record: TraceRecord): string | null {
  const first = dayOf(record, 'firstPlannedOn');
  return first !== null && c.clock.over(first) ? first : null;
}

function described(c: Context): Judgement {
  const all = inPlace(c);
  if (all.length === 0) return notApplicable(say('co6-none', { system: rec(c.system.record) }));
  const words: Readonly<Record<string, string>> = {
    owner: 'owner',
    howItWorks: 'way of working',
    occurrences: 'occurrences expected',
  };
  const missing = (record: TraceRecord) => silent(record, Object.keys(words));
  return every(all, (record) => missing(record).length > 0, {
    say: (open) =>
      say('co6-open', {
        ...listed(open),
        missing: wordList([...new Set(open.flatMap(missing))].map((part) => words[part] ?? part)),
      }),
    since: (record) => dayOf(record, 'inPlaceSince') ?? createdOn(c, record),
    action: (record) => edit(label`Complete ${record}`, record, missing(record)[0] ?? 'howItWorks'),
  });
}
