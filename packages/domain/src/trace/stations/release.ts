import { firstDay, lastDay } from '../../day.ts';
import { hasAuthority } from '../authority.ts';
import { liveVersions } from '../composition.ts';
import { type Context, createdOn, inverse, missingSince, type StationRules } from '../context.ts';
import type { TraceRecord } from '../inputs.ts';
import { create, earliest, edit, fails, gap, gapsOr, holds, lack, notApplicable } from '../judge.ts';
import { cellText, dayOf, rowsOf, says, textOf } from '../read.ts';
import { label, listed, names, rec, say } from '../say.ts';
import type { Judgement } from '../types.ts';
import { buildRules } from './build.ts';

export const release: StationRules = {
  id: 'release',
  rules: [{ id: 'RE1', judge: passed }, { id: 'RE2', judge: decidedWell }, ...buildRules],
  holding: (c) => {
    const gates = liveVersions(c).flatMap((version) => passedGates(c, version));
    return say('re-hold', { versions: names(liveVersions(c), 2), records: names(gates, 2) });
  },
};

/** Release gates of a version that were passed. */
function passedGates(c: Context, version: TraceRecord): TraceRecord[] {
  return inverse(c, version, 'gate', 'version').filter(
    (gate) => gate.state === 'passed' && textOf(gate, 'type') === 'deployment-approval',
  );
}

const isRetrospective = (gate: TraceRecord) =>
  textOf(gate, 'retrospective') === 'yes' &&
  says(gate, 'retrospectiveReason') &&
  dayOf(gate, 'missingBy') !== null;

/** Passed before go-live; or admitted afterwards with reason and an end date for what is missing. */
function inOrder(gate: TraceRecord, version: TraceRecord): boolean {
  const decided = dayOf(gate, 'decidedOn');
  const live = dayOf(version, 'liveFrom');
  if (decided === null) return false;
  return live === null || firstDay(decided) <= lastDay(live) || isRetrospective(gate);
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
  const ordered = (version: TraceRecord) => gates(version).filter((gate) => inOrder(gate, version));
  const admitted = versions.flatMap(ordered).filter((gate) => isRetrospective(gate));
  const ask = (version: TraceRecord) =>
    create(
      label`Ask for the gate of ${version}`,
      'gate',
      { system: [system], version: [version] },
      { type: 'deployment-approval', name: `Release of ${version.title}` },
    );
  return gapsOr(
    [
      lack(versions, (version) => gates(version).length === 0, {
        say: (open) => say('re1-none', listed(open)),
        since: (version) => dayOf(version, 'liveFrom') ?? createdOn(c, version),
        action: ask,
      }),
      lack(versions, (version) => gates(version).length > 0 && ordered(version).length === 0, {
        say: (open) => say('re1-late', listed(open)),
        since: (version) => dayOf(version, 'liveFrom'),
        action: ask,
      }),
      lack(admitted, (gate) => isOver(c, dayOf(gate, 'missingBy')), {
        say: (open) => say('re1-missing', listed(open)),
        since: (gate) => dayOf(gate, 'missingBy'),
        action: (gate) => edit(`Settle what is missing`, gate, 'missingItems'),
      }),
    ],
    holds(
      [...versions, ...versions.flatMap(ordered)],
      earliest(admitted.map((gate) => endOf(dayOf(gate, 'missingBy')))),
    ),
  );
}

function decidedWell(c: Context): Judgement {
  const gates = liveVersions(c).flatMap((version) => passedGates(c, version));
  if (gates.length === 0) return notApplicable(say('re2-none'));
  const unanswered = (gate: TraceRecord) => {
    const rows = rowsOf(gate, 'criteria');
    return rows.length === 0 || rows.some((row) => cellText(row, 'answer') === null);
  };
  const since = (gate: TraceRecord) => dayOf(gate, 'decidedOn');
  return gapsOr(
    [
      lack(gates, (gate) => textOf(gate, 'decidedBy') === null, {
        say: (open) => say('re2-nobody', listed(open)),
        since,
        action: (gate) => edit('Name who decided', gate, 'decidedBy'),
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
          action: (gate) => edit('Have another person decide', gate, 'decidedBy'),
        },
      ),
      lack(gates, (gate) => beyondAuthority(c, gate), {
        say: (open) => say('re2-authority', listed(open)),
        since,
        action: (gate) => edit('Have it decided within authority', gate, 'decidedBy'),
      }),
      lack(gates, unanswered, {
        say: (open) => say('re2-criteria', listed(open)),
        since,
        action: (gate) => edit('Answer the criteria', gate, 'criteria'),
      }),
    ],
    holds(gates),
  );
}

function beyondAuthority(c: Context, gate: TraceRecord): boolean {
  const [member, day] = [textOf(gate, 'decidedBy'), dayOf(gate, 'decidedOn')];
  if (member === null || day === null) return false;
  return (
    hasAuthority(c.organisation, { member, dimension: 'release', level: null, day: firstDay(day) }) === false
  );
}

const isOver = (c: Context, day: string | null): boolean => day !== null && c.clock.over(day);
const endOf = (day: string | null): string | null => day && lastDay(day);
