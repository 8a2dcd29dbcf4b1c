import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Adapter, type AdapterPayload, type Configuration } from 'oidc-provider';

type Said = Readonly<Record<string, unknown>>;

/** What becomes of an ID token before it leaves: other claims, or a signature by another key. */
export type Bend = (claims: Said, accessToken: string) => { readonly claims: Said; readonly key?: KeyObject };

/** A real OpenID provider on loopback, whose person, health and honesty a test chooses. */
export type TestProvider = {
  readonly issuer: string;
  readonly client: { readonly clientId: string; readonly secret: string };
  /** Who signs in from now on, and what is said of them. */
  says(
    subject: string,
    claims: Said,
    how?: { readonly amr?: readonly string[]; readonly acr?: string },
  ): void;
  denies(denied: boolean): void;
  down(is: 'down' | 'up' | 'slow' | 'huge' | 'moved'): void;
  bend(how: Bend | null): void;
  /** Signs with another key from now on. */
  rotate(): void;
  /** Goes through the sign-in as a browser does; answers what it brings back. */
  visit(url: string): Promise<Readonly<Record<string, string>>>;
  /** Addresses that were asked for so far. */
  readonly asked: readonly string[];
  close(): Promise<void>;
};

const client = { clientId: 'throughline', secret: 'a secret of the client, thirty-two or more' };

/** `form`: the sign-in shows a page with a button, for a browser; otherwise it goes on by itself. */
export async function openidProvider(redirect: string, form = false): Promise<TestProvider> {
  const kept = new Map<string, AdapterPayload>();
  const state = {
    subject: 'nobody',
    claims: {} as Said,
    how: {} as { amr?: readonly string[]; acr?: string },
    denied: false,
    health: 'up' as Parameters<TestProvider['down']>[0],
    bend: null as Bend | null,
  };
  const asked: string[] = [];
  let key = newKey();
  let provider: Provider | undefined;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    if (unwell(state.health, response)) return;
    if (request.url?.startsWith('/interaction/') && provider)
      void interact(provider, request, response, { ...state, form });
    else {
      if (request.url === '/token') bending(response, () => state.bend, key.privateKey);
      provider?.callback()(request, response);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${portOf(server.address())}`;
  const make = () => {
    provider = new Provider(
      issuer,
      configuration(redirect, key, kept, () => state.claims),
    );
  };
  make();
  return {
    issuer,
    client,
    asked,
    says: (subject, claims, how = {}) => Object.assign(state, { subject, claims, how }),
    denies: (denied) => Object.assign(state, { denied }),
    down: (health) => Object.assign(state, { health }),
    bend: (bend) => Object.assign(state, { bend }),
    rotate: () => {
      key = newKey();
      make();
    },
    visit: (url) => visit(url, redirect),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const portOf = (address: AddressInfo | string | null): number =>
  address === null || typeof address === 'string' ? 0 : address.port;

function newKey() {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...pair, kid: randomUUID() };
}

function configuration(
  redirect: string,
  key: ReturnType<typeof newKey>,
  kept: Map<string, AdapterPayload>,
  claims: () => Said,
): Configuration {
  return {
    adapter: (model: string) => adapter(model, kept),
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.secret,
        redirect_uris: [redirect],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...key.privateKey.export({ format: 'jwk' }), kid: key.kid, use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['a key of cookies'] },
    scopes: ['openid', 'profile', 'email', 'groups'],
    claims: {
      openid: ['sub', 'amr'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
      groups: ['groups'],
    },
    // Its own defaults are told on the console each time one is taken.
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    acrValues: ['phr', 'basic'],
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...claims() }) }),
    loadExistingGrant: async (ctx) => {
      const { client: asking, session, provider } = ctx.oidc;
      if (!asking || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email groups');
      await grant.save();
      return grant;
    },
  };
}

/** Keeps what the provider keeps, for as long as the test. */
function adapter(model: string, kept: Map<string, AdapterPayload>): Adapter {
  const at = (id: string) => `${model} ${id}`;
  const find = async (id: string) => kept.get(at(id));
  const by = (part: 'uid' | 'userCode') => async (value: string) =>
    [...kept].find(([name, one]) => name.startsWith(`${model} `) && one[part] === value)?.[1];
  return {
    upsert: async (id, payload) => void kept.set(at(id), payload),
    find,
    findByUid: by('uid'),
    findByUserCode: by('userCode'),
    destroy: async (id) => void kept.delete(at(id)),
    consume: async (id) => {
      const one = kept.get(at(id));
      if (one) one.consumed = Math.floor(Date.now() / 1000);
    },
    revokeByGrantId: async (grant) => {
      for (const [name, one] of kept) if (one.grantId === grant) kept.delete(name);
    },
  };
}

/** Signs in whoever the test named; with `form` once the button was pressed. */
async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  state: { subject: string; how: { amr?: readonly string[]; acr?: string }; denied: boolean; form: boolean },
): Promise<void> {
  if (state.form && request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      '<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1><form method="post"><button>Go on as Head of claims</button></form></html>',
    );
    return;
  }
  const { amr, acr } = state.how;
  const login = { accountId: state.subject, ...(amr ? { amr: [...amr] } : {}), ...(acr ? { acr } : {}) };
  await provider.interactionFinished(
    request,
    response,
    state.denied ? { error: 'access_denied', error_description: 'called off' } : { login },
  );
}

function unwell(health: Parameters<TestProvider['down']>[0], response: ServerResponse): boolean {
  if (health === 'up' || health === 'slow') return health === 'slow';
  if (health === 'down') response.destroy();
  else if (health === 'moved') response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  else response.writeHead(200, { 'content-type': 'application/json' }).end(`{"a":"${'x'.repeat(600_000)}"}`);
  return true;
}

/** Changes the ID token in an answer of the token endpoint, and signs what came of it. */
function bending(response: ServerResponse, how: () => Bend | null, own: KeyObject): void {
  const end = response.end.bind(response);
  Object.assign(response, {
    end: (body: unknown) => {
      const bend = how();
      if (!bend || typeof body !== 'string' || !body.includes('id_token')) return end(body);
      const answer = JSON.parse(body);
      const [head = '', payload = ''] = String(answer.id_token).split('.');
      const { claims, key = own } = bend(
        JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')),
        answer.access_token,
      );
      const text = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
      const signature = sign('sha256', Buffer.from(text), key).toString('base64url');
      const bent = JSON.stringify({ ...answer, id_token: `${text}.${signature}` });
      response.setHeader('content-length', Buffer.byteLength(bent));
      return end(bent);
    },
  });
}

async function visit(from: string, redirect: string): Promise<Readonly<Record<string, string>>> {
  const jar = new Map<string, string>();
  let url = from;
  for (let steps = 0; steps < 10 && !url.startsWith(redirect); steps += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const next = answer.headers.get('location');
    if (next === null) throw new Error(`The provider stopped at ${url}: ${await answer.text()}`);
    url = new URL(next, url).href;
  }
  return Object.fromEntries(new URL(url).searchParams);
}
