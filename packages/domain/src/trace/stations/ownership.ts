import { competenceOf } from '../competences.ts';
import { suppliers } from '../composition.ts';
import {
  type Context,
  createdOn,
  isActive,
  memberOf,
  missingSince,
  ofKind,
  type StationRules,
} from '../context.ts';
import { lastToEnd } from '../due.ts';
import type { TraceRecord } from '../inputs.ts';
import { create, earliest, edit, every, fails, gap, holds, notApplicable, step } from '../judge.ts';
import { dayOf, linksOf, says, silent, textOf } from '../read.ts';
import { assignments, holders, isHeld, termEnds } from '../roles.ts';
import { label, listed, on, rec, say, who, wordList } from '../say.ts';
import type { Gap, Judgement } from '../types.ts';
import { useCases } from '../use-cases.ts';

export const ownership: StationRules = {
  id: 'ownership',
  rules: [
    { id: 'OW1', judge: accountable },
    { id: 'OW2', judge: deputy },
    { id: 'OW3', judge: dutiesAssigned },
    { id: 'OW4', judge: competent },
    { id: 'OW5', judge: overseersEquipped },
  ],
  holding: (c) => {
    const owner = textOf(c.system.record, 'owner');
    return owner ? say('ow-hold', { member: who(owner) }) : say('ow-hold-none');
  },
};

const ownerRole = 'system-owner';

function accountable(c: Context): Judgement {
  const system = c.system.record;
  const owner = textOf(system, 'owner');
  const member = memberOf(c, owner);
  if (owner === null || member === null)
    return fails(
      gap(say('ow1-none', { system: rec(system) }), [system], {
        since: missingSince(c, system),
        action: edit('Name an owner', system, 'owner'),
      }),
    );
  if (!isActive(c, owner)) return fails(left(c, owner, member.leftOn));
  const own = assignments(c).filter(
    (record) => textOf(record, 'role') === ownerRole && textOf(record, 'person') === owner,
  );
  const held = own.filter((record) => isHeld(c, record));
  if (held.length > 0) return holds([system, ...held], latestEnd(c, held));
  return fails(unaccepted(c, owner, own[0]));
}

function left(c: Context, owner: string, leftOn: string | null): Gap {
  const system = c.system.record;
  return gap(
    leftOn
      ? say('ow1-left', { member: who(owner), day: on(leftOn) })
      : say('ow1-inactive', { member: who(owner) }),
    [system],
    { since: leftOn, action: edit('Name a new owner', system, 'owner') },
  );
}

function unaccepted(c: Context, owner: string, assigned: TraceRecord | undefined): Gap {
  const system = c.system.record;
  return gap(
    say('ow1-unaccepted', { member: who(owner), system: rec(system) }),
    assigned ? [system, assigned] : [system],
    {
      since: assigned ? createdOn(c, assigned) : missingSince(c, system),
      action: assigned
        ? assigned.state === 'assigned'
          ? step('Accept the role', assigned, 'accept')
          : edit('Record the acceptance', assigned, 'acceptedOn')
        : create(
            'Assign the role',
            'role-assignment',
            { system: [system] },
            { role: ownerRole, person: owner },
          ),
    },
  );
}

function deputy(c: Context): Judgement {
  const system = c.system.record;
  const named = [
    textOf(system, 'deputy'),
    ...assignments(c)
      .filter((record) => textOf(record, 'role') === ownerRole)
      .map((record) => textOf(record, 'deputy')),
  ].filter((member): member is string => member !== null);
  const active = named.filter((member) => isActive(c, member));
  if (active.length > 0)
    return holds([system], lastToEnd(active.map((member) => memberOf(c, member)?.leftOn ?? null)));
  const [gone] = named;
  return fails(
    gap(gone ? say('ow2-left', { member: who(gone) }) : say('ow2-none', { system: rec(system) }), [system], {
      since: gone ? (memberOf(c, gone)?.leftOn ?? null) : missingSince(c, system),
      action: edit('Name a deputy', system, 'deputy'),
    }),
  );
}

/** Duties that the system gives rise to, with why: what is not there needs nobody (A.3.2, A.4.6). */
function dutiesNeeded(c: Context): { role: string; label: string }[] {
  const cases = useCases(c);
  const overseen = cases.some((record) => says(record, 'humanOversight') || reachesPeople(record));
  const data = linksOf(c.system.record, 'usesDataset').length > 0 || ofKind(c, 'dataset').length > 0;
  return [
    ...(data ? [{ role: 'data-steward', label: 'data' }] : []),
    ...(overseen ? [{ role: 'human-overseer', label: 'human oversight' }] : []),
    ...(cases.length > 0 ? [{ role: 'impact-assessment-lead', label: 'impact assessment' }] : []),
    ...(suppliers(c).length > 0 ? [{ role: 'procurement-lead', label: 'suppliers' }] : []),
  ];
}

/** From a recommendation on, a person has to be able to decide otherwise (domain model, autonomy levels). */
function reachesPeople(useCase: TraceRecord): boolean {
  return ['recommendation', 'decision', 'action'].includes(textOf(useCase, 'autonomy') ?? '');
}

function dutiesAssigned(c: Context): Judgement {
  const needed = dutiesNeeded(c);
  const system = c.system.record;
  if (needed.length === 0) return notApplicable(say('ow3-none', { system: rec(system) }));
  const held = needed.map((duty) => ({ ...duty, by: holders(c, duty.role) }));
  const open = held.filter((duty) => duty.by.length === 0);
  const [first] = open;
  if (!first) {
    const ends = held.map((duty) => latestEnd(c, duty.by));
    return holds([...held.flatMap((duty) => duty.by)], earliest(ends));
  }
  return fails(
    gap(
      say('ow3-open', { duties: wordList(open.map(({ label }) => label)), system: rec(system) }),
      [system],
      {
        since: missingSince(c, system),
        action: create(
          `Assign ${first.label}`,
          'role-assignment',
          { system: [system] },
          { role: first.role },
        ),
      },
    ),
  );
}

/** A duty with several holders lasts as long as the last of them; one without an end does not end. */
function latestEnd(c: Context, by: readonly TraceRecord[]): string | null {
  return lastToEnd(by.map((record) => termEnds(c, record)));
}

/** Judged over the assignments to this system; roles held for the whole organisation are on its own line (7.2). */
function competent(c: Context): Judgement {
  const held = assignments(c).filter((record) => isHeld(c, record));
  if (held.length === 0) return notApplicable(say('ow4-nobody', { system: rec(c.system.record) }));
  return competenceOf(c, held);
}

function overseersEquipped(c: Context): Judgement {
  const overseers = holders(c, 'human-overseer');
  if (overseers.length === 0)
    return fails(
      gap(say('ow5-none', { system: rec(c.system.record) }), [c.system.record], {
        since: missingSince(c, c.system.record),
        action: create(
          'Assign oversight',
          'role-assignment',
          { system: [c.system.record] },
          { role: 'human-overseer' },
        ),
      }),
    );
  return every(
    overseers,
    (record) => equipment(record).length > 0,
    {
      say: (open) =>
        say('ow5-bare', { ...listed(open), missing: wordList([...new Set(open.flatMap(equipment))]) }),
      since: (record) => dayOf(record, 'acceptedOn'),
      action: (record) => edit(label`Complete ${record}`, record, silent(record, equipped)[0] ?? 'support'),
    },
    earliest(overseers.map((record) => termEnds(c, record))),
  );
}

/** What the law asks for overseers (EU AI Act, Art. 26(2)). */
const equipped = ['trainedOn', 'authority', 'support'];
const equipmentWords: Readonly<Record<string, string>> = {
  trainedOn: 'training',
  authority: 'authority',
  support: 'support',
};
const equipment = (record: TraceRecord) =>
  silent(record, equipped).map((part) => equipmentWords[part] ?? part);
