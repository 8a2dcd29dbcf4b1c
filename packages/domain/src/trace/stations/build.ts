/** What a live version was built and tested by (A.6.2.2 to A.6.2.4), and filed with authorities before it ran. */
import { loweredSince, measured, missedIn } from '../../kinds/measure-rows.ts';
import { liveVersions } from '../composition.ts';
import { approvedOf, type Context, createdOn, found, inverse, ownOf, type Rule } from '../context.ts';
import { filed } from '../files.ts';
import type { TraceRecord } from '../inputs.ts';
import { create, gap, gapsOr, holds, lack, notApplicable } from '../judge.ts';
import { byDay } from '../order.ts';
import { dayOf, linksOf, listOf, textOf } from '../read.ts';
import { label, listed, names, rec, say } from '../say.ts';
import type { Judgement } from '../types.ts';
import { useCases } from '../use-cases.ts';

export const buildRules: readonly Rule[] = [
  { id: 'RE3', judge: verified },
  { id: 'RE4', judge: described },
  { id: 'RE6', judge: filedBefore },
  { id: 'RE7', judge: registeredUse },
];

const sinceLive = (c: Context) => (version: TraceRecord) =>
  dayOf(version, 'liveFrom') ?? createdOn(c, version);

/** Verifications of a version with a verdict in force, whatever the version is made of by now; oldest first. */
function verdictsOn(c: Context, version: TraceRecord): TraceRecord[] {
  return inverse(c, version, 'verification', 'version')
    .filter(
      (record) =>
        record.system === c.system.record.id &&
        record.state === 'concluded' &&
        approvedOf(c, record) !== null,
    )
    .sort((a, b) => byDay(dayOf(a, 'decidedOn'), dayOf(b, 'decidedOn')));
}

/**
 * The verification of a version that counts: the newest verdict on what the version is made of today (A.6.2.4). While a
 * later one under conditions is open again, none does: what it let through is not passed by the word before it.
 */
function verdictOn(c: Context, version: TraceRecord): TraceRecord | undefined {
  const newest = currentVerdicts(c, version).at(-1);
  return newest && doubtedSince(c, version, newest) !== undefined ? undefined : newest;
}

/** A verdict under conditions that is open again, given no earlier than another one. */
const doubtedSince = (c: Context, version: TraceRecord, newest: TraceRecord | undefined) =>
  inverse(c, version, 'verification', 'version').find(
    ({ system, doubted }) =>
      system === c.system.record.id &&
      doubted !== undefined &&
      (newest === undefined || byDay(doubted || null, dayOf(newest, 'decidedOn')) >= 0),
  );

/** Those on the version as it is today. */
const currentVerdicts = (c: Context, version: TraceRecord): TraceRecord[] =>
  verdictsOn(c, version).filter((record) => approvedOf(c, record)?.stale.length === 0);

function verified(c: Context): Judgement {
  const versions = liveVersions(c);
  if (versions.length === 0) return noVersion(c);
  const found = versions.flatMap((version) => verdictOn(c, version) ?? []);
  const verdict = (record: TraceRecord) => textOf(record, 'verdict');
  // A verdict is opened again by strangers alone, and stands beside the next: what mends it is another verification.
  const again = (record: TraceRecord) =>
    create('Verify it again', 'verification', {
      system: [c.system.record],
      version: linksOf(record, 'version'),
    });
  const verify = (version: TraceRecord) =>
    create(label`Verify ${version}`, 'verification', { system: [c.system.record], version: [version] });
  const open = versions.filter((version) => verdictOn(c, version) === undefined);
  const doubted = (version: TraceRecord) => doubtedSince(c, version, currentVerdicts(c, version).at(-1));
  const bare = open.filter((version) => doubted(version) === undefined);
  const judgedBefore = (version: TraceRecord) => verdictsOn(c, version).at(-1);
  const letThrough = found.filter((record) => missedBy(c, record).length > 0);
  return gapsOr(
    [
      lack(bare, (version) => judgedBefore(version) === undefined, {
        say: (none) => say('re3-none', listed(none)),
        since: sinceLive(c),
        action: verify,
      }),
      lack(bare, (version) => judgedBefore(version) !== undefined, {
        say: (other) =>
          say('re3-other', {
            ...listed(other.flatMap((version) => judgedBefore(version) ?? [])),
            versions: names(other.map(({ id }) => id)),
          }),
        since: (version) => c.organisation.zone.dayOf(version.materialAt),
        action: verify,
      }),
      lack(open, (version) => doubted(version) !== undefined, {
        say: (some) =>
          say('re3-doubted', {
            ...listed(some.flatMap((version) => doubted(version) ?? [])),
            versions: names(some.map(({ id }) => id)),
          }),
        since: (version) => doubted(version)?.doubted || createdOn(c, version),
        action: verify,
      }),
      lack(found, (record) => verdict(record) === 'not-passed', {
        say: (failed) =>
          c.asIf
            ? say('gate-version-failed', listed(failed))
            : say('re3-failed', { ...listed(failed), ...testedBy(failed) }),
        since: decidedOn,
        action: again,
      }),
      lack(
        found,
        (record) =>
          measured(record.fields).some(({ outcome, answered }) => outcome === 'missed' && !answered),
        {
          say: (bare) => say('re3-missed', listed(bare)),
          since: decidedOn,
          action: again,
        },
      ),
      lack(letThrough, (record) => verdict(record) === 'passed' && missedIn(record.fields).length > 0, {
        say: (bare) => say('re3-unborne', listed(bare)),
        since: decidedOn,
        action: again,
      }),
      lack(letThrough, (record) => verdict(record) === 'passed' && missedIn(record.fields).length === 0, {
        say: (bare) => {
          const lowered = bare.flatMap((record) => loweredBy(c, record));
          return say('re3-lowered', {
            ...listed(bare),
            before: names([...new Set(lowered.map(({ before }) => before.id))]),
            measures: [...new Set(lowered.flatMap(({ measures }) => measures))].join('; '),
          });
        },
        since: decidedOn,
        action: again,
      }),
    ],
    letThrough.length > 0 ? underConditions(c, letThrough) : holds([...versions, ...found]),
  );
}

/** Earlier verdicts on the version as it is today, with what they missed and a later test holds to less. */
const loweredBy = (c: Context, record: TraceRecord) =>
  found(c, linksOf(record, 'version')).flatMap((version) =>
    currentVerdicts(c, version)
      .filter((before) => before.id !== record.id)
      .map((before) => ({ before, measures: loweredSince(before.fields, record.fields) }))
      .filter(({ measures }) => measures.length > 0),
  );

/** Measures that missed their threshold, or that one which an earlier test of the same version held them to. */
const missedBy = (c: Context, record: TraceRecord): string[] => [
  ...new Set([...missedIn(record.fields), ...loweredBy(c, record).flatMap(({ measures }) => measures)]),
];

/** A threshold that was missed is let through by whoever gave the verdict, in writing: that is said, and never simply holds. */
const underConditions = (c: Context, records: readonly TraceRecord[]): Judgement => ({
  verdict: 'accepted',
  gaps: [
    gap(
      say('re3-conditions', {
        ...listed(records),
        ...testedBy(records),
        measures: records.flatMap((record) => missedBy(c, record)).join('; '),
      }),
      records,
      { since: records[0] ? decidedOn(records[0]) : null },
    ),
  ],
  by: (records[0] && textOf(records[0], 'decidedBy')) ?? '',
  until: null,
});

const decidedOn = (record: TraceRecord) => dayOf(record, 'decidedOn');

function testedBy(records: readonly TraceRecord[]) {
  const ids = [...new Set(records.flatMap((record) => linksOf(record, 'version')))];
  return { versions: names(ids), runs: ids.length === 1 ? 's' : '' };
}

const noVersion = (c: Context): Judgement =>
  notApplicable(say('build-no-version', { system: rec(c.system.record) }));

/** Approved records of a kind that stand for a version: it is named, or none is. */
function standingFor(c: Context, kind: string, version: TraceRecord): TraceRecord[] {
  return ownOf(c, kind).filter((record) => {
    const content = approvedOf(c, record);
    if (!content || record.state === 'withdrawn') return false;
    const named = linksOf(content, 'versions');
    return named.length === 0 || named.includes(version.id);
  });
}

const builtHere = ['in-house', 'contracted', 'in-house-and-contracted', 'open-source'];

/** Whether the organisation builds or adapts the system: by its role, or by where a use comes from. */
export function builds(c: Context): boolean {
  const inRole = listOf(c.system.record, 'organisationRoles').some((role) =>
    ['producer', 'provider'].includes(role),
  );
  return inRole || useCases(c).some((record) => builtHere.includes(textOf(record, 'sourcing') ?? ''));
}

function described(c: Context): Judgement {
  const versions = liveVersions(c);
  if (versions.length === 0) return noVersion(c);
  const behind = (kind: string) => versions.flatMap((version) => standingFor(c, kind, version));
  const lacks = (kind: string) => (version: TraceRecord) => standingFor(c, kind, version).length === 0;
  return gapsOr(
    [
      lack(versions, lacks('requirement-spec'), {
        say: (bare) => say('re4-requirements', listed(bare)),
        since: sinceLive(c),
        action: () => create('Write the requirements', 'requirement-spec', { system: [c.system.record] }),
      }),
      builds(c)
        ? lack(versions, lacks('design-record'), {
            say: (bare) => say('re4-design', listed(bare)),
            since: sinceLive(c),
            action: () => create('Record the design', 'design-record', { system: [c.system.record] }),
          })
        : null,
    ],
    holds([...versions, ...behind('requirement-spec'), ...behind('design-record')]),
  );
}

const beforeMarket = ['OB-43', 'OB-47', 'OB-48', 'OB-49-1'];

function filedBefore(c: Context): Judgement {
  return filed(c, {
    ids: beforeMarket,
    type: 'conformity-assessment',
    before: dayOf(c.system.record, 'liveSince'),
  });
}

function registeredUse(c: Context): Judgement {
  return filed(c, { ids: ['OB-26-8'], type: 'registration' });
}
