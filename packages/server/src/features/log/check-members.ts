import { erasedName } from '@throughline/domain/erasure.ts';
import { isOwnProof } from '@throughline/domain/factors.ts';
import { isObject } from '@throughline/domain/json.ts';
import { memberName, proofContent, sessionContent, tieContent } from '../../store/bound.ts';
import type { CheckedRow } from '../../store/verify/tables.ts';
import { dayText, type Held, holdDigest } from './hold-row.ts';

/** Who is signed in: by what, since when, and when they showed it last. */
export function holdSession(row: CheckedRow<'session'>, held: Held): void {
  const { first, last, hold } = held;
  if (first.body.person !== undefined) hold('person', first.body.person, row.person);
  if (first.body.member !== undefined) hold('member', first.body.member, row.member);
  if (first.body.act === 'session.started') hold('created_at', first.body.at, row.created_at);
  if (first.body.methods !== undefined) hold('methods', first.body.methods, row.methods);
  const said = last.body.act === 'session.proved' || last.body.methods !== undefined;
  const proves = said && last.body.proof === undefined;
  const continues = isObject(first.body.continues) ? first.body.continues : undefined;
  const since = last === first && continues ? continues.provedAt : last.body.at;
  if (proves) hold('proved_at', since, row.proved_at);
  if (first.body.act === 'session.started' && first.body.digest === undefined)
    hold('began_at', continues?.signedInAt ?? null, row.began_at);
  if (Array.isArray(last.body.methods)) hold('own_proof', isOwnProof(last.body.methods), row.own_proof);
  hold('ended_at', last.body.act === 'session.ended' ? last.body.at : null, row.ended_at);
  holdSessionDigests(row, held);
}

/** Entries of earlier releases say in the clear what these bind. */
function holdSessionDigests(row: CheckedRow<'session'>, held: Held): void {
  const { id: session, person, methods, began_at: signedInAt, proved_at: at, own_proof: own } = row;
  const { digest } = held.first.body;
  const { proof } = held.last.body;
  if (digest !== undefined)
    holdDigest(held, digest, {
      made: row.salt && sessionContent(row.salt, { session, person, methods, signedInAt }),
      columns: 'person, methods, began_at, salt',
      mayBeGone: false,
    });
  if (proof !== undefined)
    holdDigest(held, proof, {
      made: row.proof_salt && at && proofContent(row.proof_salt, { session, at, own }),
      columns: 'proved_at, own_proof, proof_salt',
      mayBeGone: false,
    });
}

/** What a member may, what they are called, and who acts as them. */
export function holdMember(row: CheckedRow<'member'>, held: Held): void {
  const { first, last, hold, check, about } = held;
  if (first.body.act === 'member.joined') hold('created_at', first.body.at, row.created_at);
  if (last.body.act === 'member.erased') {
    hold('name', erasedName, row.name, true);
    hold('person', null, row.person);
    hold('active', false, row.active);
    return;
  }
  const { roles, until, scope, digest, act } = last.body;
  // Nobody yet, said the entry of a member who was changed before their login was tied to them.
  const person = last.body.person === null && isTied(held, row.id) ? undefined : last.body.person;
  hold('roles', roles, row.roles);
  hold('type', last.body.type ?? 'person', row.type);
  hold('owner', last.body.owner, row.owner);
  hold('active', act !== 'member.left', row.active);
  const leftBehind = row.person === null && last.index < check.told.loginsLeftAt;
  if (person !== undefined && !leftBehind) hold('person', person, row.person);
  if (person === undefined && digest !== undefined) holdTie(row, held);
  if (until !== undefined) {
    hold('left_on', until, dayText(row.left_on));
    hold('scope', scope ?? null, row.scope);
  }
  if (digest === undefined) check.faults.notBound(String(about.table));
  else
    holdDigest(held, digest, {
      made: row.salt && memberName(row.salt, row.name),
      columns: 'name, salt',
      mayBeGone: false,
    });
}

const isTied = ({ check }: Held, member: string): boolean =>
  check.told.of('account').get(member)?.first.body.act === 'account.tied';

/** Who acts as a member: nobody before the entry that ties a login to them, and then that one alone. */
function holdTie(row: CheckedRow<'member'>, held: Held): void {
  const { id: member, person, tie_salt: salt } = row;
  const tied = held.check.told.of('account').get(member)?.first.body;
  if (tied?.act !== 'account.tied' || person === null) {
    held.hold('person', tied?.act === 'account.tied', person !== null);
    return;
  }
  const made = [true, false].map((toldHere) => salt && tieContent(salt, { member, person, toldHere }));
  holdDigest(held, tied.login, {
    made: made.find((one) => one === tied.login) ?? made[0] ?? null,
    columns: 'person, tie_salt',
    mayBeGone: false,
  });
}
