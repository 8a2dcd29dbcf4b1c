import { logFaultKinds } from '@throughline/domain/log-faults.ts';
import {
  type LogFaultWire,
  type LogKnownWire,
  type LogProofWire,
  type LogStateWire,
  type LogVerificationWire,
  logTrusts,
  type RecordVerificationWire,
  unsignedReasons,
  type VersionProofWire,
  versionStandings,
} from '@throughline/domain/wire-log.ts';
import { z } from 'zod';
import { actor, free, id, moment } from './common.ts';

const hash = z.string().meta({ contentEncoding: 'base64' });

const known = z
  .strictObject({
    act: z.string(),
    kind: z.string().nullable(),
    label: z.string().nullable(),
    version: z.int().nullable(),
    by: actor,
    byName: z.string().nullable(),
    at: z.string(),
    entry: z.int().nullable(),
  })
  .meta({ id: 'LogKnown' }) satisfies z.ZodType<LogKnownWire>;

const logFault = z
  .strictObject({
    fault: z.enum(logFaultKinds),
    path: z.string().nullable(),
    entries: z.strictObject({ start: z.int(), end: z.int() }).nullable(),
    table: z.string().nullable(),
    column: z.string().nullable(),
    row: z.string().nullable(),
    record: z.string().nullable(),
    ref: z.string().nullable(),
    version: z.int().nullable(),
    expected: z.string().nullable(),
    found: z.string().nullable(),
    known: known.nullable(),
    message: z.string(),
  })
  .meta({ id: 'LogFault' }) satisfies z.ZodType<LogFaultWire>;

const verification = z
  .strictObject({
    at: moment,
    size: z.int(),
    holds: z.boolean(),
    report: z.strictObject({
      checkpoint: z.strictObject({ origin: z.string(), size: z.int(), root: hash }).nullable(),
      trust: z.enum(logTrusts),
      held: z.int(),
      records: z.int(),
      faults: z.array(logFault),
      faultCount: z.int(),
      complete: z.boolean(),
      unbound: z.record(z.string(), z.int()),
      treeMs: z.int(),
      rowsMs: z.int(),
    }),
  })
  .meta({ id: 'LogVerification' }) satisfies z.ZodType<LogVerificationWire>;

export const recordVerification = z
  .strictObject({
    record: id,
    ref: z.string(),
    holds: z.boolean(),
    checkpoint: z.int().nullable(),
    versions: z.array(
      z.strictObject({
        version: z.int(),
        index: z.int().nullable(),
        standing: z.enum(versionStandings),
        faults: z.array(logFault),
      }),
    ),
    faults: z.array(logFault),
    gone: z.array(known).nullable(),
  })
  .meta({ id: 'RecordVerification' }) satisfies z.ZodType<RecordVerificationWire>;

export const logState = z
  .strictObject({
    origin: z.string().nullable(),
    size: z.int(),
    root: hash.nullable(),
    at: moment.nullable(),
    checkpoint: z
      .strictObject({ size: z.int(), root: hash, note: z.string(), key: z.string().nullable(), at: moment })
      .nullable(),
    unsigned: z
      .strictObject({ reason: z.enum(unsignedReasons), message: z.string(), since: moment.nullable() })
      .nullable(),
    keys: z.array(
      z.strictObject({
        vkey: z.string(),
        id: z.string(),
        from: moment,
        until: moment.nullable(),
        replacedLost: z.boolean(),
      }),
    ),
    public: z.boolean(),
    verification: verification.nullable(),
  })
  .meta({ id: 'LogState' }) satisfies z.ZodType<LogStateWire>;

const proof = {
  origin: z.string(),
  index: z.int(),
  size: z.int(),
  entry: z.string(),
  leaf: hash,
  proof: z.array(hash),
  checkpoint: z.string(),
  vkey: z.string(),
};
export const logProof = z.strictObject(proof).meta({ id: 'LogProof' }) satisfies z.ZodType<LogProofWire>;

export const versionProof = z
  .strictObject({
    ...proof,
    record: id,
    version: z.int(),
    digest: z.string(),
    content: z
      .strictObject({
        salt: z.string(),
        kind: z.string(),
        schema: z.int(),
        fields: free,
        links: z.record(z.string(), z.array(id)),
      })
      .nullable(),
  })
  .meta({ id: 'VersionProof' }) satisfies z.ZodType<VersionProofWire>;
