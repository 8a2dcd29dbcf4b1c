import { resetReason } from '../../store/bound.ts';
import type { CheckedRow } from '../../store/verify/tables.ts';
import { checkTable } from './check-tables.ts';
import { actorOf, type Held, holdDigest, type TableCheck } from './hold-row.ts';

/** Holds what was reset of how members sign in against the log: who let whom in anew, and why. */
export function checkResets(check: TableCheck): Promise<void> {
  return checkTable(check, 'account_reset', holdReset);
}

function holdReset(row: CheckedRow<'account_reset'>, held: Held): void {
  const { first, last, hold, check } = held;
  const { body } = first;
  const by = actorOf(body);
  hold('member', body.member, row.member);
  hold('kind', body.kind, row.kind);
  hold('at', body.at, row.at);
  hold('by_type', by.type, row.by_type);
  hold('by_id', by.id, row.by_id);
  hold('expires_at', body.until ?? null, row.expires_at);
  const vouched = last.body.act === 'reset.vouched';
  hold('by_hand', body.byHand === true, row.by_hand);
  hold('asked_by', body.askedBy ?? null, row.asked_by);
  hold(
    'used_at',
    last.body.act === 'reset.used' ? last.body.at : vouched ? (last.body.usedAt ?? null) : null,
    row.used_at,
  );
  hold('vouched_at', vouched ? last.body.at : null, row.vouched_at);
  hold('vouched_by', vouched ? (last.body.vouchedBy ?? null) : null, row.vouched_by);
  if (body.digest === undefined) {
    hold('reason', null, row.reason, true);
    return;
  }
  holdDigest(held, body.digest, {
    made: row.salt && row.reason !== null ? resetReason(row.salt, row.reason) : null,
    columns: 'reason, salt',
    mayBeGone: check.told.of('member').get(row.member)?.last.body.act === 'member.erased',
  });
}
