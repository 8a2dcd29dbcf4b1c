import { isObject } from '@throughline/domain/json.ts';
import { authorityTable } from '../../store/authority.ts';
import {
  approvalContent,
  commentContent,
  domainContent,
  judgementContent,
  provisionedContent,
  tokenContent,
} from '../../store/bound.ts';
import { digestOf } from '../../store/digest.ts';
import { type CheckedRow, type CheckedTable, organisationRow, tableRows } from '../../store/verify/tables.ts';
import { holdOpinion, holdProposal, holdRecusal, holdSamePerson, holdWaiver } from './check-duties.ts';
import { holdMember, holdSession } from './check-members.ts';
import { type FaultSink, oneEntry, type Place } from './fault-sink.ts';
import { actorOf, type Held, type Hold, type Holder, holdDigest, type TableCheck } from './hold-row.ts';
import type { History, Noun } from './told.ts';

const atOnce = 2_000;

/** Holds every row of these tables against what the log says of it, and every such entry against its row. */
export async function checkTables(check: TableCheck): Promise<void> {
  await checkTable(check, 'approval', holdApproval);
  await checkTable(check, 'comment', holdComment);
  await checkTable(check, 'blob', holdBlob);
  await checkTable(check, 'session', holdSession);
  await checkTable(check, 'member', holdMember);
  await checkTable(check, 'token', holdToken);
  await checkTable(check, 'judgement', holdJudgement);
  await checkTable(check, 'import', holdImport, (row) => row.state !== 'analysed');
  await checkTable(check, 'same_person', holdSamePerson);
  await checkTable(check, 'recusal', holdRecusal);
  await checkTable(check, 'risk_opinion', holdOpinion);
  await checkTable(check, 'provisioned', holdProvisioned);
  await checkTable(check, 'duty_waiver', holdWaiver);
  await checkTable(check, 'proposal', holdProposal);
  await checkTable(check, 'mail_domain', holdDomain, (row) => !carriedOver(check, row));
  await checkAuthority(check);
  await checkOrganisation(check);
}

/** Holds every row of one table against its entries, by the holder given, and names entries whose row is gone. */
export async function checkTable<T extends CheckedTable>(
  check: TableCheck,
  table: T,
  holder: Holder<T>,
  logged: (row: CheckedRow<T>) => boolean = () => true,
): Promise<void> {
  const open = new Map(check.told.of(nounOfTable(table)));
  for (let after: string | null = null; ; ) {
    const rows: CheckedRow<T>[] = await tableRows(check.db, check.organisation, table, after, atOnce);
    holdRows(check, { table, holder, logged, open }, rows);
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
  }
  noteGone(check, table, open);
}

/** What entries call the rows of a table. */
function nounOfTable(table: CheckedTable): Noun {
  switch (table) {
    case 'same_person':
      return 'identity';
    case 'member_group':
      return 'group';
    case 'duty_waiver':
      return 'waiver';
    case 'risk_opinion':
      return 'opinion';
    case 'account_reset':
      return 'reset';
    case 'mail_domain':
      return 'domain';
    case 'provisioned':
      return 'provisioning';
    default:
      return table;
  }
}

type Rows<T extends CheckedTable> = {
  readonly table: T;
  readonly holder: Holder<T>;
  readonly logged: (row: CheckedRow<T>) => boolean;
  /** What no row was found for yet. */
  readonly open: Map<string, History>;
};

function holdRows<T extends CheckedTable>(
  check: TableCheck,
  { table, holder, logged, open }: Rows<T>,
  rows: readonly CheckedRow<T>[],
): void {
  const { faults } = check;
  for (const row of rows) {
    const history = open.get(row.id);
    open.delete(row.id);
    if (history) holder(row, { check, ...history, ...holding(faults, table, row.id, history) });
    else if (logged(row)) faults.add('row-unlogged', { table, row: row.id, ...recordOf(row) });
  }
}

function noteGone({ faults }: TableCheck, table: string, open: ReadonlyMap<string, History>): void {
  for (const [row, { last }] of open)
    faults.add('row-gone', { table, row, entries: oneEntry(last.index), ...recordOf(last.body) });
}

/** The same for the approvals of one record alone. */
export function checkApprovals(check: TableCheck, rows: readonly CheckedRow<'approval'>[]): void {
  const open = new Map(check.told.of('approval'));
  holdRows(check, { table: 'approval', holder: holdApproval, logged: () => true, open }, rows);
  noteGone(check, 'approval', open);
}

function holding(faults: FaultSink, table: string, row: string, { last }: History) {
  const about = { table, row, entries: oneEntry(last.index), ...recordOf(last.body) };
  const hold: Hold = (column, expected, found, words = false) =>
    faults.hold('row-differs', about, column, { expected, found, words });
  return { about, hold };
}

function recordOf(of: object): Place {
  const record = 'record' in of && typeof of.record === 'string' ? of.record : null;
  const version = 'version' in of && record !== null && typeof of.version === 'number' ? of.version : null;
  return { record, version };
}

function holdApproval(row: CheckedRow<'approval'>, held: Held): void {
  const { first, hold, check } = held;
  const { id: entry, body } = first;
  const by = actorOf(body);
  hold('entry', entry, row.entry);
  hold('act', body.act, `approval.${row.act}`);
  hold('record', body.record, row.record);
  hold('version', body.version, row.version);
  hold('digest', body.digest, row.digest);
  hold('by_type', by.type, row.by_type);
  hold('by_id', by.id, row.by_id);
  hold('on_behalf_of', body.onBehalfOf, row.on_behalf_of);
  hold('at', body.at, row.at);
  const { salt, basis, frozen, reason } = row;
  hold('frozen', body.waiver, isObject(frozen) ? frozen.waiver : null);
  const content = {
    basis,
    frozen,
    reason,
    by: { type: actorType(row.by_type), id: row.by_id },
    onBehalfOf: row.on_behalf_of,
  };
  holdDigest(held, body.content, {
    made: salt && approvalContent(salt, content),
    columns: 'basis, frozen, reason, salt',
    mayBeGone: check.told.erased.has(row.record),
  });
}

const actorTypes = ['person', 'token', 'telemetry', 'rule', 'visitor'] as const;
/** Another type is noted by itself; the digest then differs too. */
const actorType = (text: string) => actorTypes.find((type) => type === text) ?? 'visitor';

function holdComment(row: CheckedRow<'comment'>, held: Held): void {
  const { first, last, hold, check } = held;
  const erased = check.told.erased.has(row.record);
  hold('record', first.body.record, row.record);
  hold('by_type', actorOf(first.body).type, row.by_type);
  hold('by_id', actorOf(first.body).id, row.by_id);
  hold('at', first.body.at, row.at);
  const removed = last.body.act === 'comment.removed';
  if (!erased) hold('removed_at', removed ? last.body.at : null, row.removed_at);
  if (last.body.act === 'comment.edited') hold('edited_at', last.body.at, row.edited_at);
  if (!removed) hold('digest', last.body.digest, row.digest);
  const { text, salt, field } = row;
  if (removed || erased) {
    hold('text', null, text, true);
    return;
  }
  const bound = text !== null && salt === null ? null : last.body.digest;
  const made = text === null || salt === null ? null : commentContent(salt, { field, text });
  holdDigest(held, bound, { made, columns: 'field, text, salt', mayBeGone: false });
}

function holdBlob(row: CheckedRow<'blob'>, { first: { body }, hold }: Held): void {
  hold('digest', body.digest, row.digest);
  hold('size', body.size, Number(row.size));
  hold('created_at', body.at, row.created_at);
  // A file is erased with the last record that names it; its name then says so.
  if (!row.stored) hold('name', 'erased', row.name, true);
  else hold('bytes', body.digest, row.stored);
}

function holdToken(row: CheckedRow<'token'>, held: Held): void {
  const { first, last, hold } = held;
  hold('roles', last.body.roles, row.roles);
  hold('service', last.body.service, row.service);
  if (first.body.act === 'token.created') hold('created_at', first.body.at, row.created_at);
  hold('revoked_at', last.body.act === 'token.revoked' ? last.body.at : null, row.revoked_at);
  // An entry of an earlier release that ends a token says nothing of its content: the one before does.
  holdDigest(held, last.body.digest ?? first.body.digest, {
    made: row.salt && tokenContent(row.salt, row),
    columns:
      'name, token_hash, created_by, expires_at, scope, service, behind, previous_hash, previous_until, rotated_at, salt',
    mayBeGone: false,
  });
}

function holdJudgement(row: CheckedRow<'judgement'>, held: Held): void {
  const { body } = held.first;
  held.hold('by_member', actorOf(body).id, row.by_member);
  held.hold('at', body.at, row.at);
  const { id: judgement, item, answer, version, note, salt } = row;
  if (salt === null) {
    // Of an earlier release: bound without the note.
    const digest = digestOf({ judgement, item, answer, version });
    held.hold('digest', body.digest, digest);
    held.check.faults.notBound('judgement');
    return;
  }
  holdDigest(held, body.digest, {
    made: judgementContent(salt, { judgement, item, answer, version, note }),
    columns: 'item, answer, version, note, salt',
    mayBeGone: false,
  });
}

function holdProvisioned(row: CheckedRow<'provisioned'>, held: Held): void {
  const { first, last, hold, check } = held;
  const erased = check.told.of('member').get(row.id)?.last.body.act === 'member.erased';
  hold('type', last.body.of, row.type);
  hold('created_at', first.body.at, row.created_at);
  hold('changed_at', last.body.at, row.changed_at);
  if (erased) {
    hold('content', null, row.content, true);
    hold('external_id', null, row.external_id, true);
    return;
  }
  hold('ended_at', last.body.act === 'provisioning.ended' ? last.body.at : null, row.ended_at);
  holdDigest(held, last.body.digest, {
    made: row.salt && provisionedContent(row.salt, row),
    columns: 'name_key, external_id, content, salt',
    mayBeGone: false,
  });
}

function holdDomain(row: CheckedRow<'mail_domain'>, held: Held): void {
  const { first, last, hold } = held;
  hold('removed_at', last.body.act === 'domain.removed' ? last.body.at : null, row.removed_at);
  if (first.body.act === 'domain.added') hold('added_at', first.body.at, row.added_at);
  holdDigest(held, first.body.digest, {
    made: row.salt && domainContent(row.salt, row.domain),
    columns: 'domain, salt',
    mayBeGone: false,
  });
}

/** One that stood among settings of an earlier release and led here by that: counted, as no entry names it. */
function carriedOver({ faults }: TableCheck, { salt }: CheckedRow<'mail_domain'>): boolean {
  if (salt === null) faults.notBound('mail_domain');
  return salt === null;
}

function holdImport(row: CheckedRow<'import'>, { first, last, hold }: Held): void {
  const mapping = isObject(row.analysis) ? row.analysis.mapping : undefined;
  const applied = digestOf({
    file: row.file_digest.toString('hex'),
    mapping: mapping ?? null,
    counts: row.counts,
  });
  hold('file_digest, analysis, counts', first.body.digest, applied);
  hold('applied_at', first.body.at, row.applied_at);
  const undone = last.body.act === 'import.undone';
  hold('state', undone ? 'undone' : 'applied', row.state);
  hold('undone_at', undone ? last.body.at : null, row.undone_at);
}

/** The newest entry binds the whole table of authority, ended grants too. */
async function checkAuthority({ db, organisation, faults, told }: TableCheck): Promise<void> {
  const table = await authorityTable(db, organisation);
  const last = told.of('authority').get('authority')?.last;
  const about = { table: 'authority', entries: last ? oneEntry(last.index) : null };
  if (!last) {
    if (table.length > 0) faults.add('row-unlogged', about, { found: `${table.length} rows` });
    return;
  }
  if (last.body.rows === undefined) {
    faults.notBound('authority');
    return;
  }
  faults.hold('row-differs', about, 'number of rows', { expected: last.body.rows, found: table.length });
  const made = digestOf(table).toString('hex');
  if (made !== last.body.digest)
    faults.add('content-differs', about, { expected: String(last.body.digest), found: made });
}

async function checkOrganisation({ db, organisation, faults, told }: TableCheck): Promise<void> {
  const row = await organisationRow(db, organisation);
  const last = told.of('organisation').get('organisation')?.last;
  const about = { table: 'organisation', row: organisation, entries: last ? oneEntry(last.index) : null };
  if (!row) return;
  if (!last) {
    faults.add('row-unlogged', about);
    return;
  }
  const { name, timeZone, settings, slug, archivedAt } = row;
  // Its short name stayed behind with the logins, where it came alone from the backup of another installation.
  const leftBehind = slug === null && last.index < told.loginsLeftAt;
  const hold = (column: string, expected: unknown, found: unknown) =>
    faults.hold('row-differs', about, column, { expected, found });
  if (last.body.slug === undefined) faults.notBound('organisation');
  else if (!leftBehind) hold('slug', last.body.slug, slug);
  hold('archived_at', last.body.act === 'organisation.archived' ? last.body.at : null, archivedAt);
  const created = last.body.act === 'organisation.created';
  const made = digestOf(created ? { name, timeZone } : { name, timeZone, settings }).toString('hex');
  if (made !== last.body.digest)
    faults.add(
      'content-differs',
      { ...about, column: 'name, time_zone, settings' },
      {
        expected: String(last.body.digest),
        found: made,
      },
    );
  else if (created) faults.hold('row-differs', about, 'settings', { expected: {}, found: settings });
}
