import { createHash } from 'node:crypto';
import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { may } from '@throughline/domain/permissions.ts';
import { line } from '@throughline/domain/text.ts';
import type { Services } from '../../services.ts';
import { addBlob, blobBytes, findBlob, holderOf, type StoredBlob } from '../../store/blobs.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import type { Asker } from '../../store/reading.ts';

export type NewFile = { readonly name: string; readonly media: string; readonly bytes: Buffer };

/** Whoever may make or change records of any kind may bring a file to them. */
export function ensureMayStore(services: Services, actor: Actor): void {
  const allowed = services.registry.kinds.some(
    (kind) =>
      may(actor, kind.name, 'create') || may(actor, kind.name, 'edit') || may(actor, kind.name, 'import'),
  );
  if (!allowed) throw new DomainError('forbidden', 'Your roles do not let you add files.');
}

/** Keeps a file by its SHA-256 digest. */
export async function storeFile(services: Services, ctx: Context, file: NewFile): Promise<StoredBlob> {
  ensureMayStore(services, ctx.actor);
  const digest = createHash('sha256').update(file.bytes).digest();
  const blob = {
    id: newId(ctx.at.getTime()),
    name: fileName(file.name),
    media: mediaType(file.media),
    size: file.bytes.length,
    digest,
  };
  await services.store.change(ctx, (write) => addBlob(write, { ...blob, bytes: file.bytes }, ctx.actor));
  return blob;
}

/** What is known of a file. One that no record names yet is there for whoever brought it alone. */
export async function readFileFacts(services: Services, who: Asker, id: string): Promise<StoredBlob> {
  const blob = await services.store.read(who, (reader) => findBlob(reader, id));
  if (!blob || (blob.heldBy !== null && blob.heldBy !== holderOf(who.actor))) throw notFound();
  return blob;
}

export async function readFile(
  services: Services,
  who: Asker,
  id: string,
): Promise<StoredBlob & { readonly bytes: Buffer }> {
  const blob = await readFileFacts(services, who, id);
  const bytes = await services.store.read(who, (reader) => blobBytes(reader, id));
  if (!bytes) throw new DomainError('not-found', 'The bytes of this file were erased; its digest stays.');
  return { ...blob, bytes };
}

/** The last part of the name a client gave, without what a file system could misread. */
function fileName(given: string): string {
  const read = line((given.split(/[/\\]/).at(-1) ?? '').replace(/(?!\s)[\p{Cc}\p{Cf}]/gu, '_'), 10_000);
  const clean = 'value' in read ? read.value.replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '_') : '';
  return clean === '' || clean === '.' || clean === '..' ? 'file' : [...clean].slice(0, 200).join('');
}

function mediaType(given: string): string {
  return /^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}$/i.test(given)
    ? given.toLowerCase()
    : 'application/octet-stream';
}
