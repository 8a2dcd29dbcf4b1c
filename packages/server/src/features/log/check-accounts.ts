import { factorContent, passwordContent } from '../../store/bound.ts';
import { type FactorRow, factorRows, type PasswordRow, passwordRows } from '../../store/verify/accounts.ts';
import { oneEntry, type Place } from './fault-sink.ts';
import type { TableCheck } from './hold-row.ts';
import type { History } from './told.ts';

/**
 * People belong to no organisation, so what they sign in with is told of in the log of the organisation where it was
 * set, and the row names which that is. Each verification holds what its own log tells: whoever points a row at another
 * organisation is found out by that one's.
 */
export async function checkPasswords(check: TableCheck): Promise<void> {
  const open = new Map(check.told.of('password'));
  const erased = new Map(check.told.of('account'));
  const told = [...open.keys(), ...erased.keys()];
  for (const row of await passwordRows(check.db, check.organisation, told)) {
    const history = open.get(row.id);
    open.delete(row.id);
    const gone = erased.get(row.id);
    erased.delete(row.id);
    if (gone || row.erased_at !== null) holdErased(check, row, gone);
    else holdPassword(check, row, history);
  }
  noteGone(check, 'person', open);
  noteGone(check, 'person', erased);
}

/** An erased login holds nothing; the log of the organisation that it names says so, every other one leaves it to that. */
function holdErased({ faults, organisation }: TableCheck, row: PasswordRow, history?: History): void {
  const about: Place = {
    table: 'person',
    row: row.id,
    entries: history ? oneEntry(history.last.index) : null,
  };
  const hold = (column: string, expected: unknown, found: unknown) =>
    faults.hold('row-differs', about, column, { expected, found });
  if (!history) {
    if (row.erased_in === organisation || row.erased_in === null) faults.add('row-unlogged', about);
    return;
  }
  hold('erased_in', organisation, row.erased_in);
  hold('erased_at', history.last.body.at, row.erased_at);
  hold('email', true, row.email === null);
  hold('password_hash', true, row.password_hash === null);
}

function holdPassword({ faults, organisation }: TableCheck, row: PasswordRow, history?: History): void {
  const about: Place = {
    table: 'person',
    row: row.id,
    entries: history ? oneEntry(history.last.index) : null,
  };
  if (!history) {
    if (row.password_in === organisation) faults.add('row-unlogged', about);
    else if (row.password_in === null) faults.notBound('person');
    return;
  }
  // Set elsewhere since: that organisation's log tells of it.
  if (row.password_in !== organisation && row.password_in !== null) return;
  const { body } = history.last;
  faults.hold('row-differs', about, 'password_in', { expected: organisation, found: row.password_in });
  faults.hold('row-differs', about, 'password_at', { expected: body.at, found: row.password_at });
  const { password_salt: salt, password_hash: hash } = row;
  if (!salt || !hash) faults.add('content-gone', { ...about, column: 'password_hash, password_salt' });
  else
    holdDigest(faults, about, 'password_hash, password_salt', {
      expected: body.digest,
      found: passwordContent(salt, { person: row.id, hash }),
    });
}

export async function checkFactors(check: TableCheck): Promise<void> {
  const open = new Map(check.told.of('factor'));
  for (const row of await factorRows(check.db, check.organisation, [...open.keys()])) {
    const history = open.get(row.id);
    open.delete(row.id);
    holdFactor(check, row, history);
  }
  noteGone(check, 'factor', open);
}

function holdFactor({ faults, organisation }: TableCheck, row: FactorRow, history?: History): void {
  const about: Place = {
    table: 'factor',
    row: row.id,
    entries: history ? oneEntry(history.last.index) : null,
  };
  if (!history) {
    faults.add('row-unlogged', about);
    return;
  }
  const { first, last } = history;
  const hold = (column: string, expected: unknown, found: unknown) =>
    faults.hold('row-differs', about, column, { expected, found });
  hold('person', first.body.person, row.person);
  hold('kind', first.body.kind, row.kind);
  const added = first.body.act === 'factor.added';
  hold('added_in', added, row.added_in === organisation);
  if (added) hold('added_at', first.body.at, row.added_at);
  const ended = last.body.act === 'factor.ended';
  hold('ended_in', ended, row.ended_in === organisation);
  if (ended) hold('ended_at', last.body.at, row.ended_at);
  // Ended or changed in another organisation, whose log tells of it; and what ended holds nothing any more.
  if (ended || row.ended_at !== null || row.told_in !== organisation) return;
  const { salt, secret, kind, person, credential } = row;
  if (!secret) faults.add('content-gone', { ...about, column: 'secret' });
  else
    holdDigest(faults, about, 'secret, credential, salt', {
      expected: last.body.digest,
      found: factorContent(salt, { factor: row.id, person, kind, secret, credential }),
    });
}

function holdDigest(
  faults: TableCheck['faults'],
  about: Place,
  column: string,
  { expected, found }: { expected: unknown; found: string },
): void {
  if (expected !== found)
    faults.add('content-differs', { ...about, column }, { expected: String(expected), found });
}

function noteGone({ faults }: TableCheck, table: string, open: ReadonlyMap<string, History>): void {
  for (const [row, { last }] of open) faults.add('row-gone', { table, row, entries: oneEntry(last.index) });
}
