import { opinionContent, proposalContent, reasonContent } from '../../store/bound.ts';
import type { CheckedRow } from '../../store/verify/tables.ts';
import { actorOf, dayText, type Held, holdDigest } from './hold-row.ts';

export function holdSamePerson(row: CheckedRow<'same_person'>, { first, last, hold }: Held): void {
  hold('member, other', first.body.members, [row.member, row.other]);
  hold('at', first.body.at, row.at);
  hold('ended_at', last.body.act === 'identity.parted' ? last.body.at : null, row.ended_at);
}

export function holdRecusal(row: CheckedRow<'recusal'>, held: Held): void {
  const { body } = held.first;
  held.hold('record', body.record, row.record);
  held.hold('member', body.member, row.member);
  holdReasons(row, held, held.last.body.act === 'recusal.ended', held.check.told.erased.has(row.record));
}

export function holdWaiver(row: CheckedRow<'duty_waiver'>, held: Held): void {
  const { body } = held.first;
  held.hold('by_member', actorOf(body).id, row.by_member);
  held.hold('on_behalf_of', body.onBehalfOf, row.on_behalf_of);
  held.hold('asked_by', body.askedBy ?? null, row.asked_by);
  held.hold('last_day', body.lastDay, dayText(row.last_day));
  holdReasons(row, held, held.last.body.act === 'waiver.ended', false);
}

/** A rating that somebody gave a risk apart from others. */
export function holdOpinion(row: CheckedRow<'risk_opinion'>, held: Held): void {
  const { first, last, hold, check } = held;
  hold('record', first.body.record, row.record);
  hold('member', first.body.member, row.member);
  hold('at', first.body.at, row.at);
  holdDigest(held, first.body.digest, {
    made:
      row.salt && row.reason !== null
        ? opinionContent(row.salt, { said: row.said, reason: row.reason })
        : null,
    columns: 'said, reason, salt',
    mayBeGone: check.told.erased.has(row.record),
  });
  const as = String(last.body.act).slice('opinion.'.length);
  const ended = as !== 'given';
  hold('ended_as', ended ? as : null, row.ended_as);
  hold('ended_at', ended ? last.body.at : null, row.ended_at);
  hold('ended_by', ended ? actorOf(last.body).id : null, row.ended_by);
  hold('settled_in', ended ? (last.body.settledIn ?? null) : null, row.settled_in);
  if (as !== 'settled') hold('end_reason', null, row.end_reason, true);
  else
    holdDigest(held, last.body.digest, {
      made: row.end_salt && row.end_reason !== null ? reasonContent(row.end_salt, row.end_reason) : null,
      columns: 'end_reason, end_salt',
      mayBeGone: check.told.erased.has(row.record),
    });
}

/** What began with a reason and may have ended with another one, by whom and when. */
function holdReasons(
  row: CheckedRow<'recusal' | 'duty_waiver'>,
  held: Held,
  ended: boolean,
  mayBeGone: boolean,
): void {
  const { first, last, hold } = held;
  hold('at', first.body.at, row.at);
  const made = (salt: Buffer | null, reason: string | null) =>
    salt && reason !== null ? reasonContent(salt, reason) : null;
  holdDigest(held, first.body.digest, {
    made: made(row.salt, row.reason),
    columns: 'reason, salt',
    mayBeGone,
  });
  hold('ended_at', ended ? last.body.at : null, row.ended_at);
  hold('ended_by', ended ? actorOf(last.body).id : null, row.ended_by);
  if (ended)
    holdDigest(held, last.body.digest, {
      made: made(row.end_salt, row.end_reason),
      columns: 'end_reason, end_salt',
      mayBeGone,
    });
  else hold('end_reason', null, row.end_reason, true);
}

export function holdProposal(row: CheckedRow<'proposal'>, held: Held): void {
  const { first, last, hold, check } = held;
  const { body } = first;
  const by = actorOf(body);
  hold('matter', body.matter, row.matter);
  hold('about', body.member ?? null, row.about);
  hold('by_type', by.type, row.by_type);
  hold('by_id', by.id, row.by_id);
  hold('on_behalf_of', body.onBehalfOf ?? null, row.on_behalf_of);
  hold('at', body.at, row.at);
  const mayBeGone =
    row.about !== null && check.told.of('member').get(row.about)?.last.body.act === 'member.erased';
  holdDigest(held, body.digest, {
    made: row.salt ? proposalContent(row.salt, { what: row.what, reason: row.reason }) : null,
    columns: 'what, reason, salt',
    mayBeGone,
  });
  const as = String(last.body.act).slice('proposal.'.length);
  const ended = as !== 'made';
  hold('ended_as', ended ? as : null, row.ended_as);
  hold('ended_at', ended ? last.body.at : null, row.ended_at);
  hold('ended_by', ended ? actorOf(last.body).id : null, row.ended_by);
  if (last.body.askedBy !== undefined) hold('by_id', last.body.askedBy, row.by_id);
  if (as === 'alone' || last.body.digest === undefined || !ended) {
    hold('end_reason', null, row.end_reason, true);
    return;
  }
  holdDigest(held, last.body.digest, {
    made: row.end_salt && row.end_reason !== null ? reasonContent(row.end_salt, row.end_reason) : null,
    columns: 'end_reason, end_salt',
    mayBeGone,
  });
}
