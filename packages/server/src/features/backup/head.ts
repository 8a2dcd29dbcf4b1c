import { z } from 'zod';
import { BackupRefused } from '../../store/backup/refused.ts';
import type { Frame } from './frames.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();
const id = z.uuid();
const name = z.string().min(1).max(200);

const checkpoint = z.strictObject({ origin: z.string(), size: count, root: digest, note: z.string() });

/** What stands at the beginning: enough to refuse a file before anything is done with it. */
const headShape = z.strictObject({
  /** Release that made it. */
  product: z.string(),
  postgres: z.string(),
  /** RFC 3339, UTC: the moment that everything stands as of. */
  at: z.iso.datetime(),
  scope: z.enum(['installation', 'organisation']),
  migrations: z.array(name).min(1),
  organisations: z.array(z.strictObject({ id, name: z.string() })),
  logs: z.array(
    z.strictObject({
      organisation: id,
      size: count,
      root: digest.nullable(),
      origin: z.string().nullable(),
      checkpoint: checkpoint.nullable(),
    }),
  ),
  keys: z.array(z.strictObject({ number: count, public: digest, lost: z.boolean(), at: z.iso.datetime() })),
  addresses: z.array(z.strictObject({ member: id, email: z.string() })),
  slots: z.record(z.string(), z.string()),
  words: z.record(z.string(), z.string()),
  tables: z.array(z.strictObject({ table: name, columns: z.array(name).min(1) })),
});
export type Head = z.infer<typeof headShape>;

const tableShape = z.strictObject({ table: name });
const countedShape = z.strictObject({ table: name, rows: count, sha256: digest });
export type Counted = z.infer<typeof countedShape>;

/** What stands at the end: the head once more by its digest, and of every table how many rows and their digest. */
const manifestShape = z.strictObject({ head: digest, rows: count, tables: z.array(countedShape) });
export type Manifest = z.infer<typeof manifestShape>;

type Placed = Pick<Frame, 'payload'> & { readonly at: number };

export const readHead = (frame: Placed): Head => read(headShape, frame);
export const readTable = (frame: Placed): { table: string } => read(tableShape, frame);
export const readCounted = (frame: Placed): Counted => read(countedShape, frame);
export const readManifest = (frame: Placed): Manifest => read(manifestShape, frame);

function read<T>(shape: z.ZodType<T>, { payload, at }: Placed): T {
  let value: unknown;
  try {
    value = JSON.parse(payload.toString('utf8'));
  } catch (error) {
    throw notUnderstood(at, 'it is no JSON', error);
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw notUnderstood(at, `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'has another shape'}`);
}

function notUnderstood(at: number, why: string, cause?: unknown): BackupRefused {
  return new BackupRefused(
    `The part of the backup that begins at byte ${at} cannot be understood (${why}).`,
    {
      cause,
    },
  );
}

export function written(kind: 'head' | 'table' | 'end' | 'manifest', value: object): Frame {
  return { kind, rows: 0, payload: Buffer.from(JSON.stringify(value)) };
}
