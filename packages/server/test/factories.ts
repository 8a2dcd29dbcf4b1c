import { randomBytes } from 'node:crypto';
import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { type TokenScope, wholeScope } from '@throughline/domain/token-scope.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp, routesOf } from '../src/app.ts';
import { setUp, signInLink } from '../src/features/sign-in/first-run.ts';
import { hashPassword } from '../src/features/sign-in/password.ts';
import { secretBox } from '../src/features/sign-in/secret-box.ts';
import { sessionCookieAt } from '../src/http/credentials.ts';
import type { Route } from '../src/http/route.ts';
import type { HttpServices } from '../src/http/services.ts';
import type { Mail } from '../src/mail.ts';
import { newId } from '../src/store/ids.ts';
import { addMember, changeMember } from '../src/store/members.ts';
import { addOrganisation } from '../src/store/organisations.ts';
import { addPerson } from '../src/store/people.ts';
import { openPools } from '../src/store/pools.ts';
import { newSecret } from '../src/store/secret.ts';
import { startSession } from '../src/store/sessions.ts';
import { Store } from '../src/store/store.ts';
import { addToken } from '../src/store/tokens.ts';
import { ensureDescribed } from './contract.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { timeZone } from './days.ts';

export const password = 'correct horse battery staple';

/** A server on a database of its own, with a clock that tests move. */
export type TestServer = {
  readonly app: FastifyInstance;
  readonly routes: readonly Route[];
  readonly services: HttpServices;
  readonly store: Store;
  readonly database: TestDatabase;
  /** Errors that are ours, as the log heard them: none is expected. */
  readonly failures: unknown[];
  /** Moves the clock on. */
  later(ms: number): void;
  close(): Promise<void>;
};

export async function testServer(
  options: {
    mail?: Mail;
    publicUrl?: string;
    trustedProxies?: readonly string[];
    requestsPerCaller?: number;
    metricsToken?: string;
    neverByHand?: true;
  } = {},
): Promise<TestServer> {
  const database = await testDatabase();
  const pools = openPools(database.app, () => undefined);
  const store = new Store(pools, registry);
  const failures: unknown[] = [];
  let aheadMs = 0;
  const services: HttpServices = {
    store,
    registry,
    catalogue: loadCatalogue(),
    clock: () => new Date(Date.now() + aheadMs),
    ...(options.mail ? { mail: options.mail } : {}),
    ...(options.neverByHand ? { neverByHand: true } : {}),
    config: {
      publicUrl: options.publicUrl ?? 'http://127.0.0.1:4270',
      trustedProxies: options.trustedProxies ?? [],
      requestsPerCaller: options.requestsPerCaller ?? 0,
      // No test reaches another host.
      loopbackProviders: 'only',
      metricsToken: options.metricsToken,
    },
    secrets: secretBox(randomBytes(32)),
    log: (error) => failures.push(error),
  };
  const app = await buildApp(services);
  return {
    app,
    routes: routesOf(services),
    services,
    store,
    database,
    failures,
    later: (ms) => {
      aheadMs += ms;
    },
    close: async () => {
      await app.close();
      await pools.end();
      await database.drop();
    },
  };
}

/** Shows once more who somebody without a second factor is, after the clock moved. */
export async function proveAgain(who: Agent): Promise<void> {
  const { step } = (await who.send('POST', '/session/proof/begin')).json();
  const { statusCode, body } = await who.send('POST', '/session/proof', { step, password });
  if (statusCode !== 204) throw new Error(`The proof was refused: ${body}`);
}

/** An answer, or that of confirming what waits for another person: by the agent given, who then sees what took effect. */
export async function byTwoHands(
  answer: Promise<LightMyRequestResponse>,
  other: Agent,
  shown: string,
): Promise<LightMyRequestResponse> {
  const first = await answer;
  if (first.statusCode !== 202) return first;
  const confirmed = await other.send('POST', `/proposals/${first.json().waits}/confirm`);
  return confirmed.statusCode === 200 ? other.send('GET', shown) : confirmed;
}

/** Why, where a change of who administers is asked for alone. */
export const aloneReason = 'Nobody else here could confirm it yet.';

/** An answer; what it says to wait for another person is confirmed by one who is here for that moment alone. */
export async function agreed(
  server: TestServer,
  organisation: string,
  answer: Promise<LightMyRequestResponse>,
): Promise<LightMyRequestResponse> {
  const first = await answer;
  const waits: unknown = first.statusCode < 300 && first.body !== '' ? first.json().waits : undefined;
  if (typeof waits !== 'string') return first;
  const other = await signedIn(server, organisation, ['admin'], { name: 'Second hand' });
  const confirmed = await other.send('POST', `/proposals/${waits}/confirm`);
  if (confirmed.statusCode !== 200) return confirmed;
  const at = server.services.clock();
  const ctx = {
    organisation,
    actor: { type: 'rule', rule: 'test' },
    at,
    because: null,
    request: null,
  } as const;
  const gone = { name: 'Second hand', roles: [], active: false, until: null, scope: null };
  await server.store.change(ctx, (write) => changeMember(write, other.id, gone));
  return first;
}

/** A server after its first run, with its administrator. */
export async function startedServer(): Promise<{ server: TestServer; admin: Agent }> {
  const server = await testServer();
  return { server, admin: await firstAdministrator(server) };
}

/** The same with somebody who may do nearly everything, somebody who only reads, and a stranger. */
export async function staffedServer() {
  const { server, admin } = await startedServer();
  const manager = await signedIn(server, admin.organisation, ['aims-manager'], { name: 'AIMS manager' });
  const reader = await signedIn(server, admin.organisation, ['reader']);
  return { server, admin, manager, reader, nobody: stranger(server) };
}

/** Closes it; throws the failures that were ours, of which none is expected. */
export async function closeUnfailed(server: TestServer): Promise<void> {
  await server.close();
  if (server.failures.length > 0) throw new AggregateError(server.failures, 'The server failed by itself');
}

/** Sends requests as somebody, and holds every answer against the contract. */
export type Agent = {
  readonly organisation: string;
  /** Member or token id. */
  readonly id: string;
  /** What proves who it is: for addresses outside the API. */
  readonly headers: Readonly<Record<string, string>>;
  send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    more?: InjectOptions,
  ): Promise<LightMyRequestResponse>;
};

export function agentOf(
  server: TestServer,
  headers: Record<string, string>,
  organisation: string,
  id: string,
): Agent {
  return {
    organisation,
    id,
    headers,
    send: async (method, path, body, more = {}) => {
      const answer = await server.app.inject({
        method,
        url: `/api/v1${path}`,
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        ...more,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
          ...more.headers,
        },
      });
      ensureDescribed(server.routes, method, path, answer);
      return answer;
    },
  };
}

export const cookieHeaders = (token: string, name = 'throughline') => ({
  cookie: `${name}=${token}`,
  'x-throughline': '1',
});

/** Goes through the first run as its administrator; only the first organisation of a server can. */
export async function firstAdministrator(server: TestServer, email = 'admin@example.org'): Promise<Agent> {
  const link = await signInLink(server.store, server.services.clock());
  if (link === null) throw new Error('There is an organisation already');
  const started = await setUp(
    server.store,
    {
      token: link,
      organisation: { name: 'Example Insurance', timeZone },
      person: { name: 'Head of compliance', email, password },
    },
    {
      ...{ at: server.services.clock(), id: newId(), ip: '127.0.0.1', afterwards: () => undefined },
      newBrowser: () => newSecret().text,
    },
  );
  const headers = cookieHeaders(started.token, sessionCookieAt(server.services.config.publicUrl));
  const me = await server.app.inject({ url: '/api/v1/session', headers });
  return agentOf(server, headers, started.organisation, me.json().member.id);
}

/** A further organisation, as a second tenant; made without the first run, which happens once per server. */
export async function organisation(server: TestServer, name = 'Other Bank'): Promise<string> {
  const id = newId();
  const ctx = {
    organisation: id,
    actor: { type: 'rule', rule: 'test' },
    at: server.services.clock(),
    because: null,
    request: null,
  } as const;
  await server.store.change(ctx, (write) => addOrganisation(write, { name, timeZone: 'UTC' }));
  return id;
}

let hashed: Promise<string> | undefined;
/** Everybody has the same password: hashing one costs as much as it should. */
const knownHash = () => {
  hashed ??= hashPassword(password);
  return hashed;
};

/** A member with roles, signed in. */
export async function signedIn(
  server: TestServer,
  organisation: string,
  roles: readonly Role[],
  person: { name?: string; email?: string } = {},
): Promise<Agent> {
  const at = server.services.clock();
  const [personId, member] = [newId(), newId()];
  const secret = newSecret();
  const ctx = {
    organisation,
    actor: { type: 'rule', rule: 'test' },
    at,
    because: null,
    request: null,
  } as const;
  await server.store.change(ctx, async (write) => {
    await addPerson(write, {
      id: personId,
      email: person.email ?? `${member}@example.org`,
      passwordHash: await knownHash(),
    });
    const audits = roles.includes('external-auditor');
    const until = audits ? '2999-12-31' : null;
    await addMember(write, {
      id: member,
      person: personId,
      name: person.name ?? `Member with ${roles.join(', ')}`,
      roles,
      until,
      scope: audits ? { kinds: 'all', systems: 'all', audits: [] } : null,
    });
    const expiresAt = new Date(at.getTime() + 3_600_000 * 12);
    await startSession(write, { id: newId(), hash: secret.hash, person: personId, member, expiresAt });
  });
  return agentOf(server, cookieHeaders(secret.text), organisation, member);
}

/** Makes the person behind somebody a member of another organisation too; answers their id there. */
export async function alsoIn(
  server: TestServer,
  agent: Agent,
  organisation: string,
  roles: readonly Role[],
): Promise<string> {
  const { rows } = await server.store.owner.query<{ person: string }>(
    'select person from member where id = $1',
    [agent.id],
  );
  const person = rows[0]?.person;
  if (person === undefined) throw new Error('Nobody signs in as this member');
  const [id, at] = [newId(), server.services.clock()];
  const actor = { type: 'rule', rule: 'test' } as const;
  await server.store.change({ organisation, actor, at, because: null, request: null }, (write) =>
    addMember(write, { id, person, name: 'Guest', roles, until: null }),
  );
  return id;
}

/** An API token with roles. */
export async function tokenAgent(
  server: TestServer,
  organisation: string,
  roles: readonly Role[],
  scope: TokenScope = wholeScope,
): Promise<Agent> {
  const at = server.services.clock();
  const secret = newSecret('tl_');
  const id = newId();
  const ctx = {
    organisation,
    actor: { type: 'rule', rule: 'test' },
    at,
    because: null,
    request: null,
  } as const;
  await server.store.change(ctx, (write) =>
    addToken(write, {
      id,
      name: 'Pipeline',
      hash: secret.hash,
      roles,
      scope,
      service: null,
      behind: [],
      createdBy: 'test',
      expiresAt: null,
    }),
  );
  return agentOf(server, { authorization: `Bearer ${secret.text}` }, organisation, id);
}

/** Nobody: no cookie, no token. */
export function stranger(server: TestServer): Agent {
  return agentOf(server, {}, '', '');
}

/** Makes a record as somebody who may; answers it as the contract shows it. */
export async function record(
  who: Agent,
  collection: string,
  fields: Readonly<Record<string, unknown>>,
  links: Readonly<Record<string, unknown>> = {},
): Promise<RecordWire> {
  const answer = await who.send('POST', `/${collection}`, { fields, links });
  if (answer.statusCode !== 201) throw new Error(`No ${collection} was made: ${answer.body}`);
  return answer.json().record;
}

export const ifMatch = (version: number): InjectOptions => ({ headers: { 'if-match': `"${version}"` } });
