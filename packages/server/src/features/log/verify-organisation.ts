import type { LogFaultFound } from '@throughline/domain/log-faults.ts';
import { equalBytes, toHex } from '@throughline/tlog/bytes.ts';
import type { Checkpoint } from '@throughline/tlog/checkpoint.ts';
import { type VerifierKey, verifierKey } from '@throughline/tlog/key.ts';
import type { LogFault } from '@throughline/tlog/log-fault.ts';
import type { HeldCheckpoint } from '@throughline/tlog/verify-held.ts';
import { type LogReport, verifyLog } from '@throughline/tlog/verify-log.ts';
import { ed25519Verify } from '../../log/signer.ts';
import type { Services } from '../../services.ts';
import type { Db } from '../../store/connection.ts';
import { publishedCheckpoint } from '../../store/log-checkpoint.ts';
import { logKeys } from '../../store/log-keys.ts';
import { sha256 } from '../../store/sha256.ts';
import {
  entriesWithoutPlace,
  logOrigins,
  lookAtOneMoment,
  placesEnd,
  placesOfEntries,
  waitingEntries,
  waitingWithoutEntry,
} from '../../store/verify/places.ts';
import { checkFactors, checkPasswords } from './check-accounts.ts';
import { checkGroups } from './check-groups.ts';
import { checkImportRows } from './check-import-rows.ts';
import { checkKeys } from './check-keys.ts';
import { checkNamed } from './check-named.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkOrigin } from './check-origin.ts';
import { PlacePass } from './check-places.ts';
import { checkProviders } from './check-providers.ts';
import { checkRecords } from './check-records.ts';
import { checkResets } from './check-resets.ts';
import { checkEntries, type EntryCheck, entriesFit, entryCheck } from './check-revisions.ts';
import { checkTables } from './check-tables.ts';
import { checkWalks } from './check-walks.ts';
import { FaultSink } from './fault-sink.ts';
import { movedEntries } from './moved-entries.ts';
import { namedFaults } from './named-faults.ts';
import type { Suspects } from './suspects.ts';
import { suspectsBeside } from './suspects-beside.ts';

/** Whose word the signature is held against: a key that was handed over, the one beside this node, or the database's own. */
export type Trust = 'given' | 'key-directory' | 'database';

export type Trusted = {
  /** A key of the log, held from elsewhere than its database; 32 bytes, or with its name. */
  readonly key: { readonly trust: Trust; readonly key: VerifierKey | Buffer } | undefined;
  /** Checkpoints that somebody kept. */
  readonly held: readonly HeldCheckpoint[];
  /** The name of the log as the key beside this node signed it last. */
  readonly signedAs?: string | undefined;
  /** The name that a restore announced beside the key, while nothing was signed under it. */
  readonly awaited?: string | undefined;
};

export type LogVerdict = {
  readonly at: Date;
  /** Entries that have a place. */
  readonly size: number;
  readonly checkpoint: Pick<Checkpoint, 'origin' | 'size' | 'root'> | null;
  /** The name under which nothing was signed yet since a restore: no signature vouches for the tree so far. */
  readonly awaited: string | null;
  readonly trust: Trust;
  readonly held: number;
  readonly records: number;
  readonly faults: readonly LogFaultFound[];
  readonly faultCount: number;
  /** False when so much of the tree was wrong that the rest of it was not looked at. */
  readonly complete: boolean;
  /** Rows whose entries, of an earlier release, bind less than today's; by table. */
  readonly unbound: Readonly<Record<string, number>>;
  readonly treeMs: number;
  readonly rowsMs: number;
};

export type Tell = (what: 'entries' | 'records', done: number) => void;

const mostFaults = 200;
/** Where one entry was taken out every later one differs, so more are looked at than are told. */
const mostInTree = 10_000;
const suspectsAtOnce = 1_000;
/** From so many places on a second thread saves more than it takes to begin. */
const manyPlaces = 50_000;

/**
 * Verifies the log of an organisation from its tables: the tree up to the signature, every entry against the row that it
 * speaks of and every such row against its entry, every record against its newest version. At one moment, beside whatever
 * is written meanwhile. Reads everything, a few thousand rows at a time, and changes nothing.
 * @param many from how many places on versions are looked through in a thread of their own
 */
export async function verifyOrganisation(
  services: Services,
  organisation: string,
  trusted: Trusted,
  tell: Tell = () => undefined,
  many = manyPlaces,
): Promise<LogVerdict> {
  const { store, registry, clock } = services;
  return store.asOwner(async (db) => {
    const moment = await lookAtOneMoment(db);
    const faults = new FaultSink(mostFaults);
    const check = entryCheck({ db, organisation, registry, faults });
    const began = performance.now();
    const ending = new AbortController();
    const asked = {
      organisation,
      moment,
      ownThread: (await placesEnd(db, organisation)) >= many,
      signal: ending.signal,
    };
    // Beside the tree, on a connection of its own: one works while the database answers the other.
    const [{ report, trust, size, treeMs }, suspects] = await both(
      checkPlaces(check, trusted, (done) => tell('entries', done))
        .then((tree) => ({ ...tree, treeMs: performance.now() - began }))
        .catch((error: unknown) => {
          ending.abort();
          throw error;
        }),
      suspectsBeside(services, asked, (done) => tell('records', done)),
    );
    await checkRows(check, suspects, trusted);
    const { checkpoint } = report;
    return {
      at: clock(),
      size,
      checkpoint: checkpoint && { origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root },
      awaited: checkpoint === null ? (trusted.awaited ?? null) : null,
      trust,
      held: trusted.held.length,
      records: suspects.count,
      faults: await namedFaults(db, organisation, registry, faults.list),
      faultCount: faults.count,
      complete: report.complete,
      unbound: faults.unbound,
      treeMs,
      rowsMs: performance.now() - began - treeMs,
    };
  });
}

/** Both, or the first failure once both have ended: neither goes on using a connection that was given back. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

/** The tree up to the signature, the head, and every entry against its columns and the version that it made. */
async function checkPlaces(
  check: EntryCheck,
  trusted: Trusted,
  progress: (done: number) => void,
): Promise<{ report: LogReport; trust: Trust; size: number }> {
  const { db, organisation, faults } = check;
  let done = 0;
  const count = (more: number) => {
    done += more;
    progress(done);
  };
  const places = new PlacePass({
    db,
    organisation,
    faults,
    seen: async (rows) => {
      for (const { entry } of rows) check.compared.add(entry);
      await checkEntries(check, rows);
      count(rows.length);
    },
    sound: (entries, columns) => {
      if (!entriesFit(check, entries, columns)) return false;
      count(entries.length);
      return true;
    },
  });
  const { report, trust } = await checkTree(db, organisation, places, trusted);
  const verified = report.faultCount === 0 ? report.checkpoint : null;
  const size = await places.finish(verified ?? undefined);
  // Said once and plainly, beside all the tiles that then do not fit either.
  const promised = report.verified.length > 0 ? (report.checkpoint?.size ?? 0) : 0;
  if (promised > size)
    faults.add('place-gone', { table: 'log_leaf', entries: { start: size, end: promised } });
  addTreeFaults(faults, report);
  return { report, trust, size };
}

/** The public key that is held from elsewhere than the database. */
function keyHeld({ key }: Trusted): Buffer | undefined {
  if (!key || key.trust === 'database') return undefined;
  return Buffer.isBuffer(key.key) ? key.key : Buffer.from(key.key.publicKey);
}

const unsignedYet: LogReport = { checkpoint: null, verified: [], faults: [], faultCount: 0, complete: true };

async function checkTree(
  db: Db,
  organisation: string,
  places: PlacePass,
  trusted: Trusted,
): Promise<{ report: LogReport; trust: Trust }> {
  const keys = await logKeys(db);
  const published = await publishedCheckpoint(db, organisation);
  const registered = keys.find(({ number }) => number === published?.key) ?? keys.at(-1);
  const trust = trusted.key?.trust ?? 'database';
  const key = trusted.key?.key ?? registered?.public;
  // Right after a restore: the key's directory, which is no part of the database, says that nothing can be signed yet.
  if (!published && trusted.awaited !== undefined)
    return { report: await heldAgainstPlaces(places, trusted), trust };
  if (!key) return { report: await nothingSigned(places, trusted), trust };
  const named = Buffer.isBuffer(key)
    ? verifierKey(
        sha256,
        published?.origin ?? (await logOrigins(db, organisation)).at(-1) ?? 'throughline.internal',
        key,
      )
    : key;
  // A log without an entry and without a signature is as it should be.
  if (!published && trusted.held.length === 0 && (await places.isEmpty()))
    return { report: unsignedYet, trust };
  const report = await verifyLog(places, {
    sha256,
    verify: ed25519Verify,
    key: named,
    held: trusted.held,
    mostFaults: mostInTree,
  });
  return { report: published ? report : withHeld(report, trusted), trust };
}

async function nothingSigned(places: PlacePass, trusted: Trusted): Promise<LogReport> {
  if (await places.isEmpty()) return withHeld(unsignedYet, trusted);
  const missing = {
    code: 'missing',
    path: 'checkpoint',
    entries: null,
    expected: 'a signed checkpoint',
    found: 'nothing',
  } as const;
  return withHeld({ ...unsignedYet, faults: [missing], faultCount: 1 }, trusted);
}

/** While nothing is signed under a restored log's new name, what somebody kept is held against the entries in their places. */
async function heldAgainstPlaces(places: PlacePass, { held }: Trusted): Promise<LogReport> {
  const end = await places.end();
  const faults: LogFault[] = [];
  for (const { size, root } of held) {
    const about = { path: 'checkpoint', entries: { start: 0, end: size } };
    if (size > end)
      faults.push({
        ...about,
        code: 'shrunk',
        entries: { start: end, end: size },
        expected: `${size} entries or more`,
        found: `${end} entries`,
      });
    else {
      const found = await places.rootAt(size);
      if (size > 0 && !equalBytes(found, root))
        faults.push({ ...about, code: 'forked', expected: toHex(root), found: toHex(found) });
    }
  }
  return { ...unsignedYet, faults, faultCount: faults.length };
}

/** Where no checkpoint is left to read, every one that somebody kept says what is gone. */
function withHeld(report: LogReport, { held }: Trusted): LogReport {
  const lost = held
    .filter(({ size }) => size > 0)
    .map(({ size, root }) => ({
      code: 'shrunk' as const,
      path: 'checkpoint',
      entries: null,
      expected: `${size} entries or more, as signed with the root ${toHex(root)}`,
      found: 'no signed checkpoint',
    }));
  return { ...report, faults: [...report.faults, ...lost], faultCount: report.faultCount + lost.length };
}

/** What the tree shows, but for places whose entry is known to be gone: that is said once. */
function addTreeFaults(faults: FaultSink, report: LogReport): void {
  const gone = new Set(
    faults.list
      .filter(({ fault }) => fault === 'entry-gone' || fault === 'place-gone')
      .map(({ entries }) => entries?.start),
  );
  for (const fault of movedEntries(report.faults)) {
    const { code, path, entries, expected, found } = fault;
    if (!(code === 'entry-differs' && gone.has(entries?.start)))
      faults.add(code, { path, entries }, { expected, found });
  }
  faults.count += report.faultCount - report.faults.length;
}

async function checkRows(check: EntryCheck, suspects: Suspects, trusted: Trusted): Promise<void> {
  const { db, organisation, registry, faults, told, rotations } = check;
  const most = 1_000;
  const waiting = await waitingEntries(db, organisation);
  for (const { entry } of waiting) check.compared.add(entry);
  await checkEntries(check, waiting);
  await checkSuspects(check, suspects.entries);
  for (const { id, record } of await entriesWithoutPlace(db, organisation, most))
    faults.add('not-placed', { table: 'entry', row: id, record });
  for (const entry of await waitingWithoutEntry(db, organisation, most))
    faults.add('entry-gone', { table: 'entry', row: entry });
  for (const [record, version] of suspects.bare)
    if (!told.erased.has(record))
      faults.add('content-gone', { table: 'revision', column: 'fields, links, salt', record, version });
  await checkKeys(
    { db, organisation, faults },
    { rotations, restoredAt: told.restoredAt, held: keyHeld(trusted) },
  );
  await checkOrigin({ db, organisation, faults }, { restored: told.restored, signedAs: trusted.signedAs });
  await checkNamed({ db, organisation, faults }, [...told.restored, ...told.resumed]);
  await checkTables({ db, organisation, faults, told });
  await checkGroups({ db, organisation, faults, told });
  await checkResets({ db, organisation, faults, told });
  await checkPasswords({ db, organisation, faults, told });
  await checkFactors({ db, organisation, faults, told });
  await checkProviders({ db, organisation, faults, told });
  await checkImportRows({ db, organisation, faults, told });
  await checkWalks({ db, organisation, faults, told });
  await checkNumbers({ db, organisation, faults, told });
  await checkRecords({ db, organisation, registry, faults, erased: told.erased }, suspects.records);
}

/** Versions whose content does not fit, but for those that were compared on the way through the log. */
async function checkSuspects(check: EntryCheck, entries: readonly string[]): Promise<void> {
  const open = entries.filter((entry) => !check.compared.has(entry));
  for (let from = 0; from < open.length; from += suspectsAtOnce)
    await checkEntries(
      check,
      await placesOfEntries(check.db, check.organisation, open.slice(from, from + suspectsAtOnce)),
    );
}
