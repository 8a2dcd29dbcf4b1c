import { firstDay, lastDay } from '../../day.ts';
import { liveVersions } from '../composition.ts';
import {
  approvedOf,
  type Context,
  createdOn,
  missingSince,
  ofKind,
  ownOf,
  runningSince,
  type StationRules,
} from '../context.ts';
import { candidates, documentInForce } from '../documents.ts';
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
import { binding, bindsFrom, duties, dutiesOf, owedUnrecorded } from '../law.ts';
import { dayOf, linksOf, listOf, says, textOf } from '../read.ts';
import { label, listed, rec, say } from '../say.ts';
import type { Judgement } from '../types.ts';

export const information: StationRules = {
  id: 'information',
  rules: [
    { id: 'IN1', judge: namesTheVersion },
    { id: 'IN2', judge: given },
    { id: 'IN3', judge: noticesInLaw },
    { id: 'IN4', judge: toldBeforehand },
    { id: 'IN5', judge: waysBack },
    { id: 'IN6', judge: incidentPlan },
    { id: 'IN8', judge: readable },
  ],
  holding: (c) => (notices(c).length === 0 ? say('hold-bare') : say('in-hold', listed(notices(c)))),
};

/** Notices in force today. */
function notices(c: Context): TraceRecord[] {
  return ofKind(c, 'notice').filter(
    (record) => record.state === 'in-force' && c.clock.within(null, dayOf(record, 'givenUntil')),
  );
}

/** The card of each live version is approved and names it; a notice without a version speaks about none. */
function namesTheVersion(c: Context): Judgement {
  const live = liveVersions(c);
  const versions = new Set(live.map((version) => version.id));
  if (versions.size === 0) return notApplicable(say('in1-none', { system: rec(c.system.record) }));
  const all = notices(c);
  const cards = ownOf(c, 'system-card').filter((record) => record.state !== 'withdrawn');
  const cardOf = (version: TraceRecord) =>
    cards.filter((card) => linksOf(approvedOf(c, card) ?? noLinks, 'version').includes(version.id));
  return gapsOr(
    [
      lack(live, (version) => cardOf(version).length === 0, {
        say: (bare) => say('in1-card', listed(bare)),
        since: (version) => dayOf(version, 'liveFrom') ?? createdOn(c, version),
        action: (version) =>
          create('Write the system card', 'system-card', {
            system: [c.system.record],
            version: [version],
          }),
      }),
      lack(all, (record) => !linksOf(record, 'version').some((id) => versions.has(id)), {
        say: (open) => say(c.asIf ? 'gate-other-version' : 'in1-other', listed(open)),
        since: (record) => newestVersion(c) ?? dayOf(record, 'givenSince'),
        action: (record) => edit(label`Name the version in ${record}`, record, 'version'),
      }),
    ],
    holds([...live.flatMap(cardOf), ...all]),
  );
}

const noLinks = { fields: {}, links: {} };

const newestVersion = (c: Context): string | null =>
  liveVersions(c)
    .flatMap((version) => dayOf(version, 'liveFrom') ?? [])
    .sort()
    .at(-1) ?? null;

/** Users are an audience of every system (A.8.2); further ones are named by duties to inform. */
function given(c: Context): Judgement {
  const system = c.system.record;
  const all = notices(c);
  const toUsers = all.filter((record) => listOf(record, 'audience').includes('users'));
  const informing = binding(c, duties(c)).filter((duty) => textOf(duty, 'duty') === 'inform');
  const proven = (record: TraceRecord) =>
    says(record, 'givenSince') && (says(record, 'delivery') || linksOf(record, 'proof').length > 0);
  const noUsers =
    toUsers.length === 0
      ? gap(say('in2-users', { system: rec(system) }), [system], {
          since: missingSince(c, system),
          action: create('Write the notice', 'notice', { system: [system] }, { audience: ['users'] }),
        })
      : null;
  return gapsOr(
    [
      noUsers,
      lack(informing, (duty) => !all.some((record) => linksOf(record, 'obligations').includes(duty.id)), {
        say: (open) => say('in2-duty', listed(open)),
        since: (duty) => bindsFrom(c, duty) ?? createdOn(c, duty),
        action: (duty) => create('Write the notice', 'notice', { system: [system], obligations: [duty] }),
      }),
      lack(all, (record) => !proven(record), {
        say: (open) => say('in2-proof', listed(open)),
        since: (record) => dayOf(record, 'givenSince') ?? createdOn(c, record),
        action: (record) => edit(label`Add the proof to ${record}`, record, 'delivery'),
      }),
    ],
    holds(all, earliest(all.map((record) => end(dayOf(record, 'givenUntil'))))),
  );
}

const end = (day: string | null): string | null => day && lastDay(day);
const transparency = ['OB-50-1', 'OB-50-2', 'OB-50-3', 'OB-50-4a', 'OB-50-4b'];

function noticesInLaw(c: Context): Judgement {
  const due = binding(c, dutiesOf(c, transparency));
  const met = (duty: TraceRecord) =>
    notices(c).some(
      (record) =>
        linksOf(record, 'obligations').includes(duty.id) &&
        ['before-use', 'first-contact'].includes(textOf(record, 'moment') ?? '') &&
        says(record, 'givenSince'),
    );
  const open = lack(due, (duty) => !met(duty), {
    say: (late) => say('in3-open', listed(late)),
    since: (duty) => bindsFrom(c, duty) ?? createdOn(c, duty),
    action: (duty) =>
      create(
        'Write the notice',
        'notice',
        { system: [c.system.record], obligations: [duty] },
        { moment: 'first-contact', source: 'law' },
      ),
  });
  return gapsOr([open, owedUnrecorded(c, transparency)], holds(due));
}

/** Workers for Art. 26(7), persons subject to the system for Art. 26(11): told before it touched them. */
const audiences: Readonly<Record<string, string>> = { 'OB-26-7': 'workers', 'OB-26-11': 'affected-persons' };

function toldBeforehand(c: Context): Judgement {
  const due = binding(c, dutiesOf(c, Object.keys(audiences)));
  const since = c.system.live ? runningSince(c) : null;
  const audience = (duty: TraceRecord) => audiences[textOf(duty, 'item') ?? ''] ?? 'affected-persons';
  const told = (duty: TraceRecord) =>
    notices(c).some((record) => {
      const from = dayOf(record, 'givenSince');
      if (from === null || !listOf(record, 'audience').includes(audience(duty))) return false;
      return since === null || firstDay(from) <= lastDay(since);
    });
  const open = lack(due, (duty) => !told(duty), {
    say: (late) => say('in4-open', listed(late)),
    since: (duty) => bindsFrom(c, duty) ?? createdOn(c, duty),
    action: (duty) =>
      create(
        'Write the notice',
        'notice',
        { system: [c.system.record], obligations: [duty] },
        { audience: [audience(duty)], moment: 'before-use', source: 'law' },
      ),
  });
  return gapsOr([open, owedUnrecorded(c, Object.keys(audiences))], holds(due));
}

/** Judged on the ways that notices name, and on the concerns that whoever reads is a party of. */
function waysBack(c: Context): Judgement {
  const system = c.system.record;
  const all = notices(c);
  const has = (part: string) => all.some((record) => says(record, part));
  if (has('reportRoute') && has('contestRoute')) return answeredInTime(c, all);
  const missing = has('reportRoute') ? 'contestRoute' : 'reportRoute';
  const [first] = all;
  return fails(
    gap(
      say(missing === 'reportRoute' ? 'in5-report' : 'in5-contest', { system: rec(system) }),
      [system, ...all],
      {
        since: missingSince(c, system),
        action: first
          ? edit('Name the way', first, missing)
          : create('Write the notice', 'notice', { system: [system] }, { audience: ['affected-persons'] }),
      },
    ),
  );
}

/** Whether cases are answered by their day; objections come with their own kind. */
function answeredInTime(c: Context, notices: readonly TraceRecord[]): Judgement {
  const open = ofKind(c, 'concern').filter(
    ({ state, fields }) => state !== 'closed' && fields.answeredOn === undefined,
  );
  const limit = (record: TraceRecord) => dayOf(record, 'answerBy');
  const late = lack(open, (record) => isPast(c, limit(record)), {
    say: (waiting) => say('in5-late', listed(waiting)),
    since: limit,
    action: (record) => edit(label`Answer ${record}`, record, 'answer'),
  });
  if (late) return fails(late);
  const unlimited = open.filter((record) => limit(record) === null);
  return unlimited.length > 0
    ? unverifiable(say('in5-no-limit', listed(unlimited)), unlimited)
    : holds([...notices, ...open], earliest(open.map(limit)));
}

const isPast = (c: Context, limit: string | null): boolean => limit !== null && c.clock.over(limit);

/** That the plan names this system's audiences is judged by its reader; judged here is that one is in force. */
function incidentPlan(c: Context): Judgement {
  const plan = documentInForce(c.organisation, 'SD-11', 'incident-communication-plan');
  if (plan) return holds([plan.record]);
  const drafts = candidates(c.organisation, 'SD-11', 'incident-communication-plan');
  return fails(
    gap(say('in6-none'), drafts, {
      since: createdOn(c, c.system.record),
      causedBy: { organisation: 'A.8.4' },
    }),
  );
}

function readable(c: Context): Judgement {
  const all = notices(c);
  if (all.length === 0) return notApplicable(say('in8-none', { system: rec(c.system.record) }));
  const open = (record: TraceRecord) =>
    textOf(record, 'triedOnReaders') !== 'yes' || textOf(record, 'accessible') !== 'yes';
  return every(all, open, {
    say: (untried) => say('in8-open', listed(untried)),
    since: (record) => dayOf(record, 'givenSince') ?? createdOn(c, record),
    action: (record) =>
      edit(
        label`Try ${record} on readers`,
        record,
        textOf(record, 'triedOnReaders') === 'yes' ? 'accessible' : 'triedOnReaders',
      ),
  });
}
