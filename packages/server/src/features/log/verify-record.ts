import type { Actor } from '@throughline/domain/actor.ts';
import { notFound } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { LogFaultWire, RecordVerificationWire } from '@throughline/domain/wire-log.ts';
import { equalBytes, toHex } from '@throughline/tlog/bytes.ts';
import { openCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { TlogError } from '@throughline/tlog/errors.ts';
import { leafHash } from '@throughline/tlog/hash.ts';
import { verifyInclusion } from '@throughline/tlog/inclusion.ts';
import { verifierKey } from '@throughline/tlog/key.ts';
import { inclusionFromTiles } from '@throughline/tlog/prove.ts';
import { ed25519Verify } from '../../log/signer.ts';
import { ensureMay, findReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { publishedCheckpoint } from '../../store/log-checkpoint.ts';
import { logKeys } from '../../store/log-keys.ts';
import { TreeBroken, treeOf } from '../../store/log-tree.ts';
import type { Reader } from '../../store/reader.ts';
import { actorNames } from '../../store/records.ts';
import { sha256 } from '../../store/sha256.ts';
import { type PlaceRow, placesOfRecord } from '../../store/verify/places.ts';
import { checkedRecords, revisionsWithoutEntry } from '../../store/verify/records.ts';
import { approvalActs } from '../../store/verify/tables.ts';
import { holdNumber } from './check-numbers.ts';
import { holdRecords } from './check-records.ts';
import { checkEntries, entryCheck } from './check-revisions.ts';
import { checkApprovals } from './check-tables.ts';
import { FaultSink, oneEntry } from './fault-sink.ts';
import { goneRecord, toldOf } from './gone-record.ts';
import { faultsInWords, namesInFaults } from './known-faults.ts';
import { namedFaults } from './named-faults.ts';
import { readBody } from './told.ts';

const mostFaults = 200;
/** What is wrong in these concerns the version itself; in others, the record as it stands or its approvals. */
const versionTables = new Set(['revision', 'entry', 'log_leaf']);

type Asked = {
  readonly organisation: string;
  readonly actor: Actor;
  readonly kind: Kind;
  readonly ref: string;
};

/**
 * Holds one record against the log as it stands now: each version and its entry, each approval, the record's own row, and
 * each entry up to the signed checkpoint. Reads a record's rows alone, so a page may ask. Where its own row is not there,
 * answers whoever may read every record of the kind with what its entries say of it; everybody else as for what never was.
 */
export async function verifyRecord(services: Services, asked: Asked): Promise<RecordVerificationWire> {
  ensureMay(asked.actor, asked.kind, 'read');
  const { store } = services;
  const record = await store.read(asked, (reader) =>
    findReadable(reader, asked.actor, asked.kind, asked.ref),
  );
  // Digests are over a record as it is: links that its reader may not see among them.
  return store.readWhole(asked.organisation, async (reader) => {
    const { db, organisation } = reader;
    const id = record?.id ?? (await goneRecord(reader, asked));
    if (id === undefined) throw notFound();
    const rows = await placesOfRecord(db, organisation, id);
    const gone = record ? null : toldOf(rows, asked.kind);
    // By its id, a record of another kind.
    if (gone?.length === 0) throw notFound();
    const { named, signed, erased } = await compare(reader, id, rows, gone !== null);
    const people = gone?.map(({ by }) => by.id) ?? [];
    const names = new Map([...(await namesInFaults(reader, named)), ...(await actorNames(reader, people))]);
    const told = gone?.map((one) => ({ ...one, byName: names.get(one.by.id) ?? null })) ?? null;
    return answer(
      { id, version: record?.version ?? 0, ref: asked.ref, gone: told },
      faultsInWords(named, names),
      { rows, signed, erased },
    );
  });
}

async function compare(reader: Reader, record: string, rows: readonly PlaceRow[], gone: boolean) {
  const { db, organisation, registry } = reader;
  const faults = new FaultSink(mostFaults);
  const check = entryCheck({ db, organisation, registry, faults });
  await checkEntries(check, rows);
  const signed = await holdTree(reader, rows, faults);
  const found = await checkedRecords(db, organisation, { ids: [record] });
  for (const { row } of found) holdNumber(check, row);
  await holdRecords({ ...check, erased: check.told.erased }, found);
  checkApprovals(check, (await approvalActs(db, organisation, [record])).get(record) ?? []);
  for (const { version } of await revisionsWithoutEntry(db, organisation, mostFaults, record))
    faults.add('row-unlogged', { table: 'revision', record, version });
  for (const [id, version] of check.bare)
    if (!check.told.erased.has(id))
      faults.add('content-gone', { table: 'revision', column: 'fields, links, salt', record: id, version });
  if (gone) faults.add('row-gone', { table: 'record', record });
  const named = await namedFaults(db, organisation, registry, faults.list);
  return { named, signed, erased: check.told.erased.has(record) };
}

type Standing = {
  readonly rows: readonly PlaceRow[];
  readonly signed: number | null;
  readonly erased: boolean;
};

type Answered = Pick<RecordVerificationWire, 'ref' | 'gone'> & {
  readonly id: string;
  /** The newest, as the record's own row has it. */
  readonly version: number;
};

function answer(
  record: Answered,
  faults: readonly LogFaultWire[],
  { rows, signed, erased }: Standing,
): RecordVerificationWire {
  const ofVersion = (fault: LogFaultWire, version: number) =>
    fault.version === version && (fault.table === null || versionTables.has(fault.table));
  const newest = Math.max(
    record.version,
    ...faults.map((fault) => fault.version ?? 0),
    ...rows.map((row) => madeVersion(row) ?? 0),
  );
  const versions = Array.from({ length: newest }, (_, at) => newest - at).map((version) => {
    const row = rows.find((one) => madeVersion(one) === version);
    const own = faults.filter((fault) => ofVersion(fault, version));
    const index = row && row.index >= 0 ? row.index : null;
    const waits = index === null || signed === null || index >= signed;
    return {
      version,
      index,
      standing:
        own.length > 0
          ? ('differs' as const)
          : waits
            ? ('waits' as const)
            : erased
              ? ('erased' as const)
              : ('verifies' as const),
      faults: own,
    };
  });
  return {
    record: record.id,
    ref: faults.find((fault) => fault.record === record.id)?.ref ?? record.ref,
    holds: faults.length === 0,
    checkpoint: signed,
    versions,
    faults: faults.filter((fault) => fault.version === null || !ofVersion(fault, fault.version)),
    gone: record.gone,
  };
}

function madeVersion(row: PlaceRow): number | null {
  const body = readBody(row);
  const act = String(body?.act);
  if (!act.startsWith('record.') || act === 'record.erased') return null;
  return typeof body?.version === 'number' ? body.version : null;
}

/** Each entry's hash beside what is kept at its place, and its path up to the signed root. Answers how much is signed. */
async function holdTree(
  { db, organisation }: Reader,
  rows: readonly PlaceRow[],
  faults: FaultSink,
): Promise<number | null> {
  const signed = await signedTree(db, organisation, faults);
  for (const row of rows) {
    if (row.index < 0) continue;
    const leaf = leafHash(sha256, row.body);
    const about = { entries: oneEntry(row.index), record: row.record, version: madeVersion(row) };
    if (!equalBytes(leaf, row.hash))
      faults.add(
        'place-differs',
        { ...about, table: 'log_leaf' },
        {
          expected: toHex(leaf),
          found: row.hash.toString('hex'),
        },
      );
    if (!signed || row.index >= signed.size) continue;
    try {
      const proof = await inclusionFromTiles(sha256, row.index, signed.size, treeOf(db, organisation));
      verifyInclusion(sha256, { index: row.index, size: signed.size, leaf, root: signed.root, proof });
    } catch (error) {
      if (!(error instanceof TlogError) && !(error instanceof TreeBroken)) throw error;
      faults.add('entry-differs', about, {
        expected: 'an entry under the signed checkpoint',
        found: error.message,
      });
    }
  }
  return signed?.size ?? null;
}

async function signedTree(db: Reader['db'], organisation: string, faults: FaultSink) {
  const published = await publishedCheckpoint(db, organisation);
  const key = (await logKeys(db)).find(({ number }) => number === published?.key);
  if (!published || !key) return undefined;
  try {
    return await openCheckpoint(
      published.note,
      verifierKey(sha256, published.origin, key.public),
      ed25519Verify,
    );
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
    faults.add(
      'unsigned',
      { path: 'checkpoint' },
      { expected: 'a checkpoint signed by the key of the log', found: error.message },
    );
    return undefined;
  }
}
