import {
  factorContent,
  factorsContent,
  partedContent,
  passwordContent,
  tieContent,
} from '../../store/bound.ts';
import {
  type FactorRow,
  type FactorSet,
  factorRows,
  factorSets,
  type PasswordRow,
  partedRows,
  passwordRows,
} from '../../store/verify/accounts.ts';
import { oneEntry, type Place } from './fault-sink.ts';
import type { TableCheck } from './hold-row.ts';
import type { History, Said } from './told.ts';

/**
 * People belong to no organisation, so what they sign in with is told of in the log of the organisation where it was
 * set, by the member whose entry it is, and the row names both. Each verification holds what its own log tells: whoever
 * points a row at another organisation is found out by that one's.
 */
export async function checkPasswords(check: TableCheck): Promise<void> {
  const { db, organisation, told } = check;
  const [accounts, passwords] = [told.of('account'), told.of('password')];
  const open = new Map([...passwords, ...[...accounts].filter(([, { last }]) => erasesAlone(last))]);
  const salts = new Map((await partedRows(db, organisation)).map((row) => [row.id, row.parted_salt]));
  const erasedBy = new Set<string>();
  for (const row of await passwordRows(db, organisation, [...open.keys(), ...salts.keys()])) {
    for (const id of [row.id, row.password_member, ...row.members.map((one) => one.id)])
      if (id !== null) open.delete(id);
    const erased = accounts.get(row.erased_member ?? row.id)?.last;
    if (row.erased_at !== null || (erased && erasesAlone(erased))) {
      holdErased(check, row, erased, salts);
      if (row.erased_member !== null) erasedBy.add(row.erased_member);
    } else holdPassword(check, row);
  }
  // Whose login was parted from them is named by nothing any more.
  for (const [id] of open) if (accounts.get(id)?.last.body.act === 'account.parted') open.delete(id);
  noteGone(check, 'person', open);
  checkParted(check, salts, erasedBy);
}

const erasesAlone = ({ body }: Said): boolean => body.act === 'account.erased';

/** Where the entry that parted a login from a member says that it was erased, there is the row of it. */
function checkParted(
  { faults, told }: TableCheck,
  salts: ReadonlyMap<string, Buffer | null>,
  erasedBy: ReadonlySet<string>,
): void {
  for (const [member, { last }] of told.of('account')) {
    if (last.body.act !== 'account.parted' || erasedBy.has(member)) continue;
    const salt = salts.get(member);
    const entries = oneEntry(last.index);
    if (!salt) faults.add('content-gone', { table: 'member', row: member, entries, column: 'parted_salt' });
    else if (partedContent(salt, { member, erased: null }) !== last.body.digest)
      faults.add('row-gone', { table: 'person', entries });
  }
}

/** An erased login holds nothing; the log of the organisation that it names says so, every other one leaves it to that. */
function holdErased(
  { faults, organisation }: TableCheck,
  row: PasswordRow,
  said: Said | undefined,
  salts: ReadonlyMap<string, Buffer | null>,
): void {
  const about: Place = { table: 'person', row: row.id, entries: said ? oneEntry(said.index) : null };
  const hold = (column: string, expected: unknown, found: unknown) =>
    faults.hold('row-differs', about, column, { expected, found });
  if (!said) {
    if (row.erased_in === organisation || row.erased_in === null) faults.add('row-unlogged', about);
    return;
  }
  hold('erased_in', organisation, row.erased_in);
  hold('erased_at', said.body.at, row.erased_at);
  hold('email', true, row.email === null);
  hold('password_hash', true, row.password_hash === null);
  const member = row.erased_member;
  if (member === null) return;
  const salt = salts.get(member);
  holdDigest(faults, about, 'erased_member', {
    expected: said.body.digest,
    found: salt ? partedContent(salt, { member, erased: row.id }) : 'nothing',
  });
}

function holdPassword(check: TableCheck, row: PasswordRow): void {
  const { faults, organisation } = check;
  // Set elsewhere, or elsewhere since: that organisation's log tells of it.
  if (row.password_in !== organisation && row.password_in !== null) return;
  const said = tellsPassword(check, row);
  const about: Place = { table: 'person', row: row.id, entries: said ? oneEntry(said.index) : null };
  if (!said) {
    if (row.password_in === organisation) faults.add('row-unlogged', about);
    // Of a login that came from elsewhere nothing is counted here: the number would tell of it.
    else if (row.password_hash !== null && row.members.some((one) => one.tie_salt === null))
      faults.notBound('person');
    return;
  }
  const { body } = said;
  const { password_salt: salt, password_hash: hash } = row;
  faults.hold('row-differs', about, 'password_in', { expected: organisation, found: row.password_in });
  const since = hash === null ? null : body.at;
  faults.hold('row-differs', about, 'password_at', { expected: since, found: row.password_at });
  const column = 'password_hash, password_salt';
  const found = salt ? passwordContent(salt, { person: row.id, hash }) : null;
  if (found === null || (hash === null && found !== body.digest))
    faults.add('content-gone', { ...about, column });
  else holdDigest(faults, about, column, { expected: body.digest, found });
}

/** The newest entry here about the password of a login: of the member whose it is, or of an earlier release. */
function tellsPassword({ told }: TableCheck, row: PasswordRow): Said | undefined {
  const passwords = told.of('password');
  const tied = (member: string): Said | undefined => {
    const first = told.of('account').get(member)?.first;
    return first?.body.act === 'account.tied' ? first : undefined;
  };
  // One that was here before its person came is not told of by what tied it.
  const madeHere = ({ id: member, tie_salt: salt }: PasswordRow['members'][number]): boolean =>
    salt !== null &&
    tied(member)?.body.login === tieContent(salt, { member, person: row.id, toldHere: true });
  const teller = row.password_member ?? row.members.find((one) => passwords.has(one.id) || madeHere(one))?.id;
  const own = teller === undefined ? undefined : (passwords.get(teller)?.last ?? tied(teller));
  return own ?? passwords.get(row.id)?.last;
}

/**
 * Second factors are held all at once, in the log of the organisation where they were changed last. What earlier releases
 * told of each by itself holds until then, and of when they were added and ended for good.
 */
export async function checkFactors(check: TableCheck): Promise<void> {
  const { db, organisation, told } = check;
  const sets = new Map([...told.of('factor')].filter(([, { last }]) => last.body.act === 'factor.set'));
  for (const row of await factorSets(db, organisation)) holdFactors(check, row, sets);
  const open = new Map([...told.of('factor')].filter(([id]) => !sets.has(id)));
  for (const row of await factorRows(db, organisation, [...open.keys()])) {
    const history = open.get(row.id);
    open.delete(row.id);
    holdFactor(check, row, history);
  }
  noteGone(check, 'factor', open);
}

function holdFactors(
  { faults, organisation, told }: TableCheck,
  row: FactorSet,
  sets: ReadonlyMap<string, History>,
): void {
  const { id: person, factors_in: place, factors_member: teller, factors_salt: salt, factors } = row;
  if (place !== organisation && place !== null) return;
  const said = sets.get(teller ?? row.members.find((member) => sets.has(member)) ?? '')?.last;
  const about: Place = { table: 'person', row: person, entries: said ? oneEntry(said.index) : null };
  if (!said) {
    // A backup holds none of them, and what was said of them before is over.
    const leftBehind = factors.length === 0 && told.restoredAt >= 0;
    if (place === organisation && !leftBehind) faults.add('row-unlogged', about);
    return;
  }
  faults.hold('row-differs', about, 'factors_in', { expected: organisation, found: place });
  const column = 'factors_salt, factor';
  if (!salt) faults.add('content-gone', { ...about, column });
  else
    holdDigest(faults, about, column, {
      expected: said.body.digest,
      found: factorsContent(salt, person, factors),
    });
}

/** One of which an earlier release told by itself. */
function holdFactor({ faults, organisation }: TableCheck, row: FactorRow, history?: History): void {
  const about: Place = {
    table: 'factor',
    row: row.id,
    entries: history ? oneEntry(history.last.index) : null,
  };
  if (!history) {
    if (!row.together && !row.erased) faults.add('row-unlogged', about);
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
  // Told of together with all others since, or gone with the login.
  if (!ended && row.together) return;
  if (!ended && row.erased) {
    hold('secret', true, row.secret === null);
    return;
  }
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
