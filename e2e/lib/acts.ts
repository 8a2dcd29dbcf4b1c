import type { APIResponse, BrowserContext } from 'playwright-core';

/** The acts of one signed-in person on records, as their pages send them; each throws with the answer's words where it is refused. */
export type Acts = {
  /** Makes a record with links given as ids; answers its ref and id. */
  make(
    collection: string,
    fields: object,
    links?: Readonly<Record<string, readonly string[]>>,
  ): Promise<Made>;
  read(collection: string, id: string): Promise<Read>;
  edit(
    collection: string,
    id: string,
    fields: object,
    links?: Readonly<Record<string, readonly string[]>>,
  ): Promise<void>;
  step(collection: string, id: string, transition: string, fields?: object): Promise<void>;
  /** Decides on exactly the version that stands: `approve`, `withdraw` and the like. */
  decide(collection: string, id: string, act: string, reason?: string): Promise<void>;
  put(path: string, body: object, version?: number): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;
  get(path: string): Promise<unknown>;
  /** Keeps a text file; answers its id. */
  keep(name: string, text: string): Promise<string>;
  /** The items of one page of a list. */
  list(path: string): Promise<readonly Listed[]>;
};

export type Made = { readonly ref: string; readonly id: string };
export type Listed = Made & {
  readonly title: string;
  readonly fields: Readonly<Record<string, unknown>>;
};
export type Read = {
  readonly ref: string;
  readonly version: number;
  readonly state: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly proof: { readonly digest: string };
};

const setTo = (links: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(links).map(([name, ids]) => [name, { set: ids }]));

export function actsOf(context: BrowserContext, address: string): Acts {
  const headers = { 'x-throughline': '1' };
  const at = (path: string) => `${address}/api/v1${path}`;
  const matching = (version: number) => ({ ...headers, 'if-match': `"${version}"` });
  const answered = async (what: string, answer: APIResponse) => {
    const body = await answer.text();
    if (!answer.ok()) throw new Error(`${what}: ${answer.status()} ${body}`);
    return body === '' ? null : JSON.parse(body);
  };
  const read = async (collection: string, id: string): Promise<Read> =>
    answered(`read ${collection}`, await context.request.get(at(`/${collection}/${id}`)));
  const change = async (
    method: 'patch' | 'post',
    collection: string,
    id: string,
    more: string,
    data: object,
  ) => {
    const { version } = await read(collection, id);
    const answer = await context.request[method](at(`/${collection}/${id}${more}`), {
      headers: matching(version),
      data,
    });
    await answered(`${method} ${collection}${more} ${JSON.stringify(data).slice(0, 80)}`, answer);
  };
  return {
    read,
    make: async (collection, fields, links = {}) => {
      const data = { fields, links: setTo(links) };
      const answer = await context.request.post(at(`/${collection}`), { headers, data });
      return (await answered(`make ${collection}`, answer)).record;
    },
    edit: (collection, id, fields, links = {}) =>
      change('patch', collection, id, '', { fields, links: setTo(links) }),
    step: (collection, id, transition, fields) =>
      change('post', collection, id, '/transitions', { transition, ...(fields ? { fields } : {}) }),
    decide: async (collection, id, act, reason) => {
      const { version, proof } = await read(collection, id);
      const answer = await context.request.post(at(`/${collection}/${id}/approvals`), {
        headers,
        data: { act, version, digest: proof.digest, ...(reason ? { reason } : {}) },
      });
      await answered(`${act} ${collection} ${id}`, answer);
    },
    put: async (path, data, version) =>
      answered(
        `put ${path}`,
        await context.request.put(at(path), {
          headers: version === undefined ? headers : matching(version),
          data,
        }),
      ),
    post: async (path, data) =>
      answered(`post ${path}`, await context.request.post(at(path), { headers, data })),
    get: async (path) => answered(`get ${path}`, await context.request.get(at(path))),
    keep: async (name, text) => {
      const file = { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
      const answer = await context.request.post(at('/blobs'), { headers, multipart: { file } });
      return (await answered(`keep ${name}`, answer)).id;
    },
    list: async (path) => (await answered(`list ${path}`, await context.request.get(at(path)))).items,
  };
}
