import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

export type StoredBlob = {
  readonly id: string;
  readonly name: string;
  readonly media: string;
  readonly size: number;
  readonly digest: Buffer;
};

/** Keeps a file with its entry. */
export async function addBlob(write: Write, blob: StoredBlob & { readonly bytes: Buffer }): Promise<void> {
  await write.db
    .insertInto('blob')
    .values({ organisation: write.organisation, ...blob, created_at: write.ctx.at })
    .execute();
  write.log({ act: 'blob.stored', blob: blob.id, digest: blob.digest.toString('hex'), size: blob.size });
}

export async function findBlob(reader: Reader, id: string): Promise<StoredBlob | undefined> {
  const row = await reader.db
    .selectFrom('blob')
    .select(['id', 'name', 'media', 'size', 'digest'])
    .where('organisation', '=', reader.organisation)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { ...row, size: Number(row.size) };
}

/** The bytes of a file; `null` when they were erased, nothing when there is no such file. */
export async function blobBytes(reader: Reader, id: string): Promise<Buffer | null | undefined> {
  const row = await reader.db
    .selectFrom('blob')
    .select('bytes')
    .where('organisation', '=', reader.organisation)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.bytes;
}

/** Ids of the files that bear one of the names. */
export async function blobsNamed(reader: Reader, names: readonly string[]): Promise<string[]> {
  const rows = await reader.db
    .selectFrom('blob')
    .select('id')
    .where('organisation', '=', reader.organisation)
    .where('name', 'in', [...names])
    .where('bytes', 'is not', null)
    .execute();
  return rows.map(({ id }) => id);
}
