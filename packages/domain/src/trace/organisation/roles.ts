import { authorityLevels } from '@throughline/catalogue/vocabulary.ts';
import { decidedBy, dimensionWords, limitedDimensions } from '../../authority.ts';
import type { TraceRecord } from '../inputs.ts';
import { create, fails, gap, gapsOr, holds, lack, step } from '../judge.ts';
import { dayOf, textOf } from '../read.ts';
import { label, listed, say, wordList } from '../say.ts';
import type { Gap, Judgement } from '../types.ts';
import type { OrganisationContext } from './context.ts';
import { sharedRecords } from './context.ts';
import { leaves } from './parts.ts';

/** Roles for the whole organisation that are in term. */
export function rolesOf(o: OrganisationContext): TraceRecord[] {
  return sharedRecords(o, 'role-assignment').filter(
    (record) =>
      record.state !== 'ended' && o.clock.within(dayOf(record, 'validFrom'), dayOf(record, 'validTo')),
  );
}

/** Whether a person can act today: known, active, and not past the last day. */
export function isActive(o: OrganisationContext, id: string | null): boolean {
  const member = id === null ? undefined : o.organisation.members.get(id);
  return member?.active === true && (member.leftOn === null || !o.clock.over(member.leftOn));
}

function isHeld(o: OrganisationContext, record: TraceRecord): boolean {
  return dayOf(record, 'acceptedOn') !== null && isActive(o, textOf(record, 'person'));
}

/** Conformity of the AIMS and reporting on it (5.3): somebody runs it, somebody at the top answers for it. */
const needed: Readonly<Record<string, string>> = {
  'aims-manager': 'running the AIMS',
  'top-management': 'answering for the AIMS at the top',
};

export function rolesHeld(o: OrganisationContext): Judgement {
  const all = rolesOf(o);
  const held = all.filter((record) => isHeld(o, record));
  const open = Object.keys(needed).filter((role) => !held.some((record) => textOf(record, 'role') === role));
  const [first] = open;
  const nobody = first
    ? gap(say('q53-open', { duties: wordList(open.map((role) => needed[role] ?? role)) }), [], {
        action: create('Assign the role', 'role-assignment', {}, { role: first }),
      })
    : null;
  return gapsOr([nobody, ...authorityGap(o)], holds(held, leaves(o, held, 'person')));
}

/**
 * What the rules make of the table, in words (`decidedBy`): where no limit was ever set whoever may approve decides every
 * level; elsewhere the highest level has a holder who can act today, as a level without one goes up to the next.
 */
function authorityGap(o: OrganisationContext): Gap[] {
  const { authority } = o.organisation.inputs;
  const by = (dimension: string) => decidedBy(authority, dimension, o.clock.today);
  const open = limitedDimensions.filter((dimension) => by(dimension) === 'roles');
  if (authority.length === 0) return [gap(say('q53-no-authority'), [])];
  const rows = authority.filter((row) => o.clock.within(row.validFrom, row.validTo));
  const canAct = (row: (typeof rows)[number]) =>
    row.member !== null
      ? isActive(o, row.member)
      : [...o.organisation.members.values()].some(
          (member) => isActive(o, member.id) && member.roles.some((role) => role === row.role),
        );
  const highest = authorityLevels.at(-1);
  const unheld = [...new Set(authority.map((row) => row.dimension))].filter(
    (dimension) => !rows.some((row) => row.dimension === dimension && row.level === highest && canAct(row)),
  );
  const ended = unheld.filter((dimension) => by(dimension) === 'nobody');
  const below = unheld.filter((dimension) => !ended.includes(dimension));
  const words = (ids: readonly string[]) => ({ dimensions: wordList(ids.map(dimensionWords)) });
  return [
    ...(open.length === 0 ? [] : [gap(say('q53-open-authority', words(open)), [])]),
    ...(ended.length === 0 ? [] : [gap(say('q53-ended-authority', words(ended)), [])]),
    ...(below.length === 0 ? [] : [gap(say('q53-authority', words(below)), [])]),
  ];
}

/** A.3.2: each duty that was given out has an active holder who accepted it. */
export function dutiesHeld(o: OrganisationContext): Judgement {
  const all = rolesOf(o);
  if (all.length === 0)
    return fails(gap(say('q72-nobody'), [], { action: create('Assign a role', 'role-assignment') }));
  return gapsOr(
    [
      lack(all, (record) => !isHeld(o, record), {
        say: (open) => say('qa32-open', listed(open)),
        since: (record) => o.organisation.zone.dayOf(record.createdAt),
        action: (record) => step(label`Accept ${record}`, record, 'accept'),
      }),
    ],
    holds(all, leaves(o, all, 'person')),
  );
}
