import {
  type LogProofWire,
  type LogStateWire,
  unsignedReasons,
  type VersionProofWire,
} from '@throughline/domain/wire-log.ts';
import { z } from 'zod';
import { free, id, moment } from './common.ts';

const hash = z.string().meta({ contentEncoding: 'base64' });

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
    verification: z
      .strictObject({ at: moment, size: z.int(), holds: z.boolean(), report: z.unknown() })
      .nullable(),
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
