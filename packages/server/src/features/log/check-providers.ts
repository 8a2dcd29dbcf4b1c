import { outsideContent, providerContent, providerSecret } from '../../store/bound.ts';
import {
  type OutsideRow,
  outsideRows,
  type ProviderRow,
  providerRows,
} from '../../store/verify/providers.ts';
import { oneEntry, type Place } from './fault-sink.ts';
import type { TableCheck } from './hold-row.ts';
import type { History } from './told.ts';

/** Holds who outside sources say that members are, and how people are signed in, against what the log tells, both ways. */
export async function checkProviders(check: TableCheck): Promise<void> {
  const { db, organisation } = check;
  await checkRows(check, 'outside', 'outside_identity', await outsideRows(db, organisation), holdOutside);
  await checkRows(check, 'provider', 'sign_in_provider', await providerRows(db, organisation), holdProvider);
}

type Held = History & {
  readonly check: TableCheck;
  readonly about: Place;
  readonly hold: (column: string, expected: unknown, found: unknown) => void;
};

async function checkRows<Row extends { readonly id: string }>(
  check: TableCheck,
  noun: 'outside' | 'provider',
  table: string,
  rows: readonly Row[],
  holder: (row: Row, held: Held) => void,
): Promise<void> {
  const { faults, told } = check;
  const open = new Map(told.of(noun));
  for (const row of rows) {
    const history = open.get(row.id);
    open.delete(row.id);
    const entries = history ? oneEntry(history.last.index) : null;
    const about: Place = { table, row: row.id, entries };
    const hold: Held['hold'] = (column, expected, found) =>
      faults.hold('row-differs', about, column, { expected, found });
    if (history) holder(row, { ...history, check, about, hold });
    else faults.add('row-unlogged', about);
  }
  for (const [row, { last }] of open) faults.add('row-gone', { table, row, entries: oneEntry(last.index) });
}

function holdOutside(row: OutsideRow, held: Held): void {
  const { first, last, hold } = held;
  hold('member', first.body.member, row.member);
  hold('kind', first.body.kind, row.kind);
  hold('linked_at', first.body.at, row.linked_at);
  hold('roles', last.body.roles, row.roles);
  const ended = last.body.act === 'outside.unlinked';
  hold('ended_at', ended ? last.body.at : null, row.ended_at);
  const { salt, subject, source, address } = row;
  // Taken away behind the application, it would let whoever set the provider decide as the member.
  if (!ended) hold('linked_by', last.body.linkedBy ?? null, row.linked_by);
  if (ended) {
    hold('subject', null, subject);
    hold('address', null, address);
  } else if (!salt || subject === null) gone(held, 'subject, salt');
  else
    holdDigest(held, 'source, subject, address, salt', {
      expected: last.body.digest,
      found: outsideContent(salt, { outside: row.id, source, subject, address }),
    });
}

function holdProvider(row: ProviderRow, held: Held): void {
  const { first, last, hold, check } = held;
  hold('created_at', first.body.at, row.created_at);
  const removed = last.body.act === 'provider.removed';
  hold('removed_at', removed ? last.body.at : null, row.removed_at);
  if (removed) {
    hold('secret', false, row.secret !== null);
    return;
  }
  hold('changed_at', last.body.at, row.changed_at);
  if (last.body.setBy !== undefined) hold('set_by', last.body.setBy, row.set_by);
  const { id: provider, issuer, client_id: clientId, settings } = row;
  holdDigest(held, 'issuer, client_id, settings, salt', {
    expected: last.body.digest,
    found: providerContent(row.salt, { provider, issuer, clientId, settings }),
  });
  // A backup holds no secret: after a restore it is missing until it is entered again.
  const leftBehind = row.secret === null && last.index < check.told.restoredAt;
  if (leftBehind) return;
  holdDigest(held, 'provider_secret.secret, salt', {
    expected: last.body.secret ?? null,
    found: row.secret && row.secret_salt ? providerSecret(row.secret_salt, row.secret) : null,
  });
}

function holdDigest(
  { check, about }: Held,
  column: string,
  { expected, found }: { readonly expected: unknown; readonly found: string | null },
): void {
  if (expected !== found)
    check.faults.add(
      'content-differs',
      { ...about, column },
      { expected: String(expected), found: String(found) },
    );
}

const gone = ({ check, about }: Held, column: string): void =>
  check.faults.add('content-gone', { ...about, column });
