import { DomainError } from '@throughline/domain/errors.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  ensureMayStore,
  type NewFile,
  readFile,
  readFileFacts,
  storeFile,
} from '../../features/blobs/blobs.ts';
import type { StoredBlob } from '../../store/blobs.ts';
import * as common from '../answers/common.ts';
import { attachment } from '../attachment.ts';
import { bindFile } from '../once.ts';
import { created, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape } from '../shapes.ts';

const tag = 'Files';
const blob = z
  .strictObject({ id: common.id, name: z.string(), media: z.string(), size: z.int(), digest: z.string() })
  .meta({ id: 'Blob' });

const blobWire = (stored: StoredBlob): z.output<typeof blob> => ({
  id: stored.id,
  name: stored.name,
  media: stored.media,
  size: stored.size,
  digest: stored.digest.toString('hex'),
});

export function blobRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'POST',
      path: '/blobs',
      tag,
      summary: 'Keeps a file of at most 100 MiB',
      access: 'signed-in',
      form: true,
      answers: { 201: { description: 'The file as kept, with its SHA-256 digest.', shape: blob } },
      handle: async (call) => {
        ensureMayStore(services, call.caller.actor);
        const file = await uploaded(call.request);
        return created(blobWire(await storeFile(services, bindFile(call.change(), file.bytes), file)));
      },
      replay: async (subject, { caller }) =>
        created(blobWire(await readFileFacts(services, caller, subject ?? ''))),
    }),
    route({
      method: 'GET',
      path: '/blobs/:id',
      tag,
      summary: 'The file, to be saved',
      access: 'signed-in',
      params: z.strictObject({ id: idShape }),
      answers: { 200: { description: 'The bytes.', media: 'application/octet-stream' } },
      handle: async ({ caller, params }) => {
        const file = await readFile(services, caller, params.id);
        return { status: 200, body: file.bytes, headers: fileHeaders(file) };
      },
    }),
  ];
}

/** Files come from anyone: they are saved, never shown as pages of ours. */
function fileHeaders(file: StoredBlob): Record<string, string> {
  return {
    'content-type': file.media,
    'content-disposition': attachment(file.name),
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-cache',
    etag: `"${file.digest.toString('hex')}"`,
  };
}

/** The one file of a form. Throws `unsupported` for no form, `unprocessable` for a form without a file. */
export async function uploaded(request: FastifyRequest): Promise<NewFile> {
  if (!request.isMultipart()) throw new DomainError('unsupported', 'A file is sent as multipart/form-data.');
  const part = await request.file();
  if (part) return { name: part.filename ?? 'file', media: part.mimetype, bytes: await part.toBuffer() };
  throw new DomainError('unprocessable', 'The form has no file.', [
    { at: 'file', message: 'Send the file as the part "file".' },
  ]);
}
