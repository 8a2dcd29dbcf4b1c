import { firstDay, lastDay } from '../../day.ts';
import { decidedBy, exceptionEnd, exceptionOf, gateStanding } from '../../gates/standing.ts';
import { conditionsOf } from '../../kinds/conditions.ts';
import { lostApproval } from '../approved.ts';
import { authorityLacking } from '../authority.ts';
import { liveVersions } from '../composition.ts';
import { type Context, createdOn, inverse, missingSince, type StationRules } from '../context.ts';
import type { TraceRecord } from '../inputs.ts';
import { create, earliest, edit, fails, gap, gapsOr, holds, lack, notApplicable, open } from '../judge.ts';
import { cellText, dayOf, linksOf, rowsOf, textOf } from '../read.ts';
import { label, listed, names, rec, say } from '../say.ts';
import type { Action, Judgement, Sentence } from '../types.ts';
import { buildRules } from './build.ts';

export const release: StationRules = {
  id: 'release',
  rules: [{ id: 'RE1', judge: passed }, { id: 'RE2', judge: decidedWell }, ...buildRules],
  holding: (c) => {
    const passedOnes = liveVersions(c).flatMap((version) => passedGates(c, version));
    const gates = passedOnes.filter((gate) => gateStanding(c, gate).stands);
    return gates.length === 0
      ? say('hold-bare')
      : say('re-hold', { versions: names(liveVersions(c), 2), records: names(gates, 2) });
  },
};

/** Release gates of a version that were passed. */
function passedGates(c: Context, version: TraceRecord): TraceRecord[] {
  return inverse(c, version, 'gate', 'version').filter(
    (gate) => gate.state === 'passed' && textOf(gate, 'type') === 'deployment-approval',
  );
}

/** Passed before go-live by what is on record; or let through by an exception, with reason and end. */
function inOrder(c: Context, gate: TraceRecord, version: TraceRecord): boolean {
  if (dayOf(gate, 'decidedOn') === null) return false;
  const live = dayOf(version, 'liveFrom');
  return live === null || decidedBy(c, gate, live, version) || exceptionOf(gate) !== null;
}

/** Its day says before go-live, and the record does not. */
function entered(gate: TraceRecord, version: TraceRecord): boolean {
  const [decided, live] = [dayOf(gate, 'decidedOn'), dayOf(version, 'liveFrom')];
  return decided !== null && live !== null && firstDay(decided) <= lastDay(live);
}

function passed(c: Context): Judgement {
  const system = c.system.record;
  const versions = liveVersions(c);
  if (versions.length === 0)
    return fails(
      gap(say('re1-no-version', { system: rec(system) }), [system], {
        since: missingSince(c, system),
        causedBy: { station: 'supply' },
      }),
    );
  const gates = (version: TraceRecord) => passedGates(c, version);
  const standing = (version: TraceRecord) => gates(version).filter((gate) => gateStanding(c, gate).stands);
  const fallen = (version: TraceRecord) => gates(version).flatMap((gate) => gateStanding(c, gate).fallen);
  const ordered = (version: TraceRecord) => standing(version).filter((gate) => inOrder(c, gate, version));
  const late = (version: TraceRecord) => standing(version).length > 0 && ordered(version).length === 0;
  const backdated = (version: TraceRecord) => standing(version).filter((gate) => entered(gate, version));
  // One gate in order is enough; an exception counts where there is no other.
  const admitted = versions
    .filter((version) => ordered(version).every((gate) => exceptionOf(gate) !== null))
    .flatMap(ordered);
  const ask = (version: TraceRecord) =>
    create(
      label`Ask for the gate of ${version}`,
      'gate',
      { system: [system], version: [version] },
      { type: 'deployment-approval', name: `Release of ${version.title}` },
    );
  const askToContinue = () =>
    create(
      'Ask for the continuation',
      'gate',
      { system: [system] },
      { type: 'continuation-decision', name: `Continuation of ${system.title}` },
    );
  return gapsOr(
    [
      lack(versions, (version) => gates(version).length === 0, {
        say: (open) => say('re1-none', listed(open)),
        since: (version) => dayOf(version, 'liveFrom') ?? createdOn(c, version),
        action: ask,
      }),
      lack(versions, (version) => gates(version).length > 0 && standing(version).length === 0, {
        say: (open) =>
          say('re1-fallen', { ...listed(open), fallen: names([...new Set(open.flatMap(fallen))]) }),
        since: (version) => fallenSince(c, fallen(version)),
        action: ask,
      }),
      lack(versions, (version) => late(version) && backdated(version).length === 0, {
        say: (open) => say('re1-late', listed(open)),
        since: (version) => dayOf(version, 'liveFrom'),
        action: ask,
      }),
      lack(versions, (version) => late(version) && backdated(version).length > 0, {
        say: (open) =>
          say('re1-entered', { ...listed(open), gates: names([...new Set(open.flatMap(backdated))]) }),
        since: (version) => dayOf(version, 'liveFrom'),
        action: ask,
      }),
      lack(fallenContinuations(c), (gate) => gate.state === 'passed', {
        say: (open) =>
          say('re1-continuation', {
            ...listed(open),
            fallen: names([...new Set(open.flatMap((gate) => gateStanding(c, gate).fallen))]),
          }),
        since: (gate) => fallenSince(c, gateStanding(c, gate).fallen),
        action: askToContinue,
      }),
      lack(fallenContinuations(c), (gate) => gate.state !== 'passed', {
        say: (open) => say('re1-undecided', { ...listed(open), system: rec(system) }),
        since: (gate) => c.organisation.zone.dayOf(gate.updatedAt),
        action: (gate) => (gate.state === 'asked' ? open(label`Decide ${gate} anew`, gate) : askToContinue()),
      }),
      lack(ownPassed(c), (gate) => overdueConditions(c, gate).length > 0, {
        say: (open) => say('re1-condition', listed(open)),
        since: (gate) => earliest(overdueConditions(c, gate)),
        action: (gate) => edit(label`Say what of ${gate} is fulfilled`, gate, 'fulfilments'),
      }),
      lack(admitted, (gate) => exceptionEnd(c, gate)?.over === true, {
        say: (open) => say('re1-missing', listed(open)),
        since: (gate) => dayOf(gate, 'missingBy') ?? exceptionEnd(c, gate)?.until ?? null,
        action: askAgain,
      }),
    ],
    admitted.length > 0
      ? underException(c, versions, admitted)
      : holds([...versions, ...versions.flatMap(ordered)]),
  );
}

/** Gates of the system that were passed, but for those of versions that run no more. */
function ownPassed(c: Context): TraceRecord[] {
  const live = new Set(liveVersions(c).map(({ id }) => id));
  return (c.system.byKind.get('gate') ?? []).filter((gate) => {
    const versions = linksOf(gate, 'version');
    const runs = versions.length === 0 || versions.some((id) => live.has(id));
    return runs && gate.system === c.system.record.id && gate.state === 'passed';
  });
}

/** Last days, past by now, of conditions of a gate that nobody fulfilled (A.6.2.5). */
const overdueConditions = (c: Context, gate: TraceRecord): string[] =>
  conditionsOf(gate.fields, c.clock.today).flatMap(({ by, fulfilledOn }) =>
    by !== null && fulfilledOn === null && c.clock.over(by) ? [by] : [],
  );

/**
 * The newest continuation that the system went on by, where it no longer stands: it fell, or it is asked again and lets
 * nothing through meanwhile. While the system is judged afresh, one that was passed is all that there is to fall.
 */
function fallenContinuations(c: Context): TraceRecord[] {
  const judged = c.system.record.state === 're-evaluation';
  const decided = (c.system.byKind.get('gate') ?? []).filter(
    (gate) =>
      gate.system === c.system.record.id &&
      (gate.state === 'passed' || (gate.passedAt !== undefined && !judged)) &&
      textOf(gate, 'type') === 'continuation-decision',
  );
  // The newest by when it was approved here, whatever day it names.
  const approved = ({ approvals, createdAt }: TraceRecord): string =>
    approvals.findLast(({ act }) => act === 'approve')?.at ?? createdAt;
  const newest = decided.sort((a, b) => approved(a).localeCompare(approved(b))).at(-1);
  return newest && !gateStanding(c, newest).stands ? [newest] : [];
}

/** Running by exception is accepted until its end by whoever decided it, and never simply holds. */
function underException(
  c: Context,
  versions: readonly TraceRecord[],
  admitted: readonly TraceRecord[],
): Judgement {
  const [first] = admitted;
  return {
    verdict: 'accepted',
    gaps: [
      gap(say('re1-exception', { gates: names(admitted), versions: names(versions) }), admitted, {
        since: first ? dayOf(first, 'decidedOn') : null,
        action: first ? askAgain(first) : null,
      }),
    ],
    by: (first && textOf(first, 'decidedBy')) ?? '',
    until: earliest(admitted.flatMap((gate) => exceptionEnd(c, gate)?.until ?? [])),
  };
}

/** Since the last act that took away what the gate stood on; a change of content counts from its own day. */
function fallenSince(c: Context, ids: readonly string[]): string | null {
  const days = ids.flatMap((id) => {
    const record = c.system.find(id);
    if (!record) return [];
    const letGo = record.state === 'withdrawn' ? record.updatedAt : record.materialAt;
    return [c.organisation.zone.dayOf(lostApproval(record)?.at ?? letGo)];
  });
  return earliest(days);
}

function decidedWell(c: Context): Judgement {
  const gates = liveVersions(c).flatMap((version) => passedGates(c, version));
  if (gates.length === 0) return notApplicable(say('re2-none'));
  const unanswered = (gate: TraceRecord) => {
    if (exceptionEnd(c, gate)?.over === false) return false;
    const rows = rowsOf(gate, 'criteria');
    return rows.length === 0 || rows.some((row) => cellText(row, 'answer') === null);
  };
  const since = (gate: TraceRecord) => dayOf(gate, 'decidedOn');
  const beyond = (what: 'any' | 'level', sentence: (open: readonly TraceRecord[]) => Sentence) =>
    lack(gates, (gate) => beyondAuthority(c, gate) === what, {
      say: sentence,
      since,
      action: askAgain,
    });
  return gapsOr(
    [
      lack(gates, (gate) => textOf(gate, 'decidedBy') === null, {
        say: (open) => say('re2-nobody', listed(open)),
        since,
        action: askAgain,
      }),
      lack(
        gates,
        (gate) => {
          const [decider, requester] = [textOf(gate, 'decidedBy'), textOf(gate, 'requestedBy')];
          return decider !== null && requester !== null && c.organisation.samePerson(decider, requester);
        },
        {
          say: (open) => say('re2-own', listed(open)),
          since,
          action: askAgain,
        },
      ),
      beyond('any', (open) => say('re2-authority', listed(open))),
      beyond('level', (open) => say('re2-level', listed(open))),
      lack(gates, unanswered, {
        say: (open) => say('re2-criteria', listed(open)),
        since,
        action: askAgain,
      }),
    ],
    holds(gates),
  );
}

/** What was decided is not rewritten: it is asked for again, and decided anew. */
const askAgain = (gate: TraceRecord): Action => ({
  label: label`Ask again for ${gate}`,
  do: { type: 'step', record: gate.id, transition: 'askAgain' },
});

function beyondAuthority(c: Context, gate: TraceRecord): 'any' | 'level' | null {
  const [member, day] = [textOf(gate, 'decidedBy'), dayOf(gate, 'decidedOn')];
  if (member === null || day === null) return null;
  return authorityLacking(c, { member, dimension: 'release', day: firstDay(day), use: null });
}
