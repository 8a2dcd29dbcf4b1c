import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

export type StoredBlob = {
  readonly id: string;
  readonly name: string;
  readonly media: string;
  readonly size: number;
  readonly digest: Buffer;
};

/** Whoever brought a file, as it is held for them until a record names it. */
export const holderOf = (actor: Actor): string => {
  const { type, id } = actorRef(actor);
  return `${type}:${id}`;
};

/** Keeps a file with its entry; `heldFor` reads it alone until a record names it, `null` where one does at once. */
export async function addBlob(
  write: Write,
  blob: StoredBlob & { readonly bytes: Buffer },
  heldFor: Actor | null = null,
): Promise<void> {
  const held_by = heldFor && holderOf(heldFor);
  await write.db
    .insertInto('blob')
    .values({ organisation: write.organisation, ...blob, created_at: write.ctx.at, held_by })
    .execute();
  write.log({ act: 'blob.stored', blob: blob.id, digest: blob.digest.toString('hex'), size: blob.size });
}

/** Lets everybody who may read a record read the files that it names from now on. */
export async function releaseBlobs(write: Write, ids: readonly string[]): Promise<void> {
  await write.db
    .updateTable('blob')
    .set({ held_by: null })
    .where('organisation', '=', write.organisation)
    .where('id', 'in', [...ids])
    .where('held_by', 'is not', null)
    .execute();
}

export async function findBlob(
  reader: Reader,
  id: string,
): Promise<(StoredBlob & { readonly heldBy: string | null }) | undefined> {
  const row = await reader.db
    .selectFrom('blob')
    .select(['id', 'name', 'media', 'size', 'digest', 'held_by as heldBy'])
    .where('organisation', '=', reader.organisation)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { ...row, size: Number(row.size) };
}

/** Which of the ids are files of the organisation that an actor may name in a record: none that is held for another. */
export async function nameableBlobs(
  reader: Reader,
  ids: readonly string[],
  actor: Actor,
): Promise<Set<string>> {
  const rows = await reader.run<{ id: string }>({
    name: 'nameable-blobs',
    text: 'select id from blob where organisation = $1 and id = any($2::uuid[]) and (held_by is null or held_by = $3)',
    values: [reader.organisation, [...new Set(ids)], holderOf(actor)],
  });
  return new Set(rows.map((row) => row.id));
}

/**
 * Which of the ids are files that the records of the other sort name: for a sealed record those that others read
 * already, for any other those that a sealed one names. Whoever asks sees these files.
 */
export async function blobsAcross(
  reader: Reader,
  ids: readonly string[],
  sealed: boolean,
): Promise<Set<string>> {
  const rows = await reader.run<{ id: string }>(
    sealed
      ? {
          name: 'open-blobs',
          text: `select b.id from unnest($2::uuid[]) b (id) where exists (select from record r where r.organisation = $1
            and r.kind = any(scope_of('filed')) and r.kind <> all(scope_of('sealed'))
            and jsonb_path_exists(r.fields, '$.** ? (@ == $id)', jsonb_build_object('id', b.id)))`,
          values: [reader.organisation, [...ids]],
        }
      : {
          name: 'sealed-blobs',
          text: 'select b.id from unnest($1::uuid[]) b (id) where sealed_file(b.id)',
          values: [[...ids]],
        },
  );
  return new Set(rows.map((row) => row.id));
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
