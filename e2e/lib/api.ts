import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { APIResponse, BrowserContext } from 'playwright-core';

/** What a signed-in page would send: the cookie comes from the context, the header says that a page of ours asks. */
export type Api = {
  get(path: string): Promise<APIResponse>;
  post(path: string, body: unknown): Promise<APIResponse>;
  /** Makes a record and answers its ref. */
  make(collection: string, fields: object, links?: object): Promise<{ ref: string; id: string }>;
  /** Reads a file without applying it; answers the import's id. */
  read(path: string, kind: string): Promise<string>;
  /** Applies an import that was read, to its end. */
  apply(id: string): Promise<void>;
};

export function apiOf(context: BrowserContext, address: string): Api {
  const at = (path: string) => `${address}/api/v1${path}`;
  const headers = { 'x-throughline': '1' };
  const post = (path: string, data: unknown) => context.request.post(at(path), { data, headers });
  const get = (path: string) => context.request.get(at(path));
  return {
    get,
    post,
    make: async (collection, fields, links = {}) => {
      const answer = await post(`/${collection}`, { fields, links });
      if (answer.status() !== 201)
        throw new Error(`${collection}: ${answer.status()} ${await answer.text()}`);
      return (await answer.json()).record;
    },
    read: async (path, kind) => {
      const file = { name: basename(path), mimeType: 'text/csv', buffer: readFileSync(path) };
      const read = await context.request.post(at(`/imports?kind=${kind}`), { multipart: { file }, headers });
      if (read.status() !== 201) throw new Error(`import: ${read.status()} ${await read.text()}`);
      return (await read.json()).id;
    },
    apply: async (id) => {
      await post(`/imports/${id}/apply`, {});
      for (let tries = 0; tries < 120; tries += 1) {
        const { state } = await (await get(`/imports/${id}`)).json();
        if (state === 'applied') return;
        await new Promise((done) => setTimeout(done, 500));
      }
      throw new Error('The import was not applied within a minute.');
    },
  };
}
