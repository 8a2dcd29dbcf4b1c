import { isObject } from '@throughline/domain/json.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostileTexts, valuesFor } from '../../test/every-route/hostile-input.ts';
import { nowhereId } from '../../test/every-route/row.ts';
import { rows } from '../../test/every-route/rows.ts';
import { fresh, makeWorld, type World } from '../../test/every-route/world.ts';
import { type Agent, record, signedIn, tokenAgent } from '../../test/factories.ts';
import type { Method } from './route.ts';

/**
 * Requests out of the contract itself: each operation of the OpenAPI document is asked with values that its schemas
 * describe, values just beside them, and hostile ones. `FUZZ_SEED` repeats a run, `FUZZ_REQUESTS` makes it longer.
 */
const seed = Number(process.env.FUZZ_SEED ?? 20_260_228);
const wanted = Number(process.env.FUZZ_REQUESTS ?? 10_500);
/** No request may take longer by itself. */
const mostMs = 1_000;

type Schema = Readonly<Record<string, unknown>>;
type Operation = { readonly method: Method; readonly path: string; readonly described: Schema };
type Told = {
  readonly request: string;
  readonly status: number;
  readonly ms: number;
  readonly instance: string;
};

let world: World;
let operations: Operation[];
let components: Schema;
let names: string[];
beforeAll(async () => {
  world = await makeWorld();
  const document = (await world.server.app.inject({ url: '/api/v1/openapi.json' })).json();
  components = document.components.schemas;
  operations = Object.entries(document.paths as Record<string, Record<string, Schema>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, described]) => ({ method: asMethod(method), path, described })),
  );
  const model = await record(world.manager, 'models', { name: 'Sorter' });
  const system = await fresh(world, 'systems', { unit: 'Claims' });
  const theirs = await record(world.foreigner, 'systems', { name: 'Elsewhere' });
  names = [system.id, system.ref, model.id, model.ref, theirs.id, nowhereId, world.foreigner.id, 'WLK-1'];
});
afterAll(async () => world.close());

const asMethod = (method: string): Method => method.toUpperCase() as Method;
/** Answers that never end are asked for elsewhere. */
const endless = (one: Operation) => rows[`${one.method} ${one.path}`]?.endless === true;

type Input = {
  readonly path: readonly string[];
  readonly query: readonly (readonly [string, unknown])[];
  readonly body: unknown;
  readonly cut: boolean;
  readonly version: string | undefined;
  readonly key: string | undefined;
  readonly who: number;
};

/** Half of the requests keep to the contract, so that they reach what lies behind it; half leave it. */
function inputs({ described }: Operation, wild: boolean): fc.Arbitrary<Input> {
  const parameters = (Array.isArray(described.parameters) ? described.parameters : []).filter(isObject);
  const placed = (place: string) => parameters.filter((one) => one.in === place);
  const from = { components, names: wild ? names : names.slice(0, 4), wild };
  const named = fc.constantFrom(...from.names);
  const hostile = fc.constantFrom(...hostileTexts);
  const inPath = placed('path').map(() =>
    wild ? fc.oneof({ weight: 4, arbitrary: named }, { weight: 1, arbitrary: hostile }) : named,
  );
  const sometimes = <T>(value: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: wild ? 2 : 1, arbitrary: value });
  const inQuery = placed('query').map((one) =>
    sometimes(valuesFor(one.schema, from).map((value) => [String(one.name), value] as const)),
  );
  const stray = fc.tuple(fc.constantFrom('linked', 'q', 'cursor', 'colour'), hostile);
  const schema = bodySchema(described);
  return fc.record({
    path: fc.tuple(...inPath),
    query: fc
      .tuple(wild ? sometimes(stray) : fc.constant(undefined), ...inQuery)
      .map((all) => all.filter((one) => one !== undefined)),
    body: schema === undefined ? fc.constant(undefined) : valuesFor(schema, from),
    cut: wild ? fc.integer({ min: 0, max: 29 }).map((n) => n === 0) : fc.constant(false),
    version: wild ? fc.constantFrom('"1"', '"2"', 'W/"1"', '""', undefined) : fc.constant('"1"'),
    key: wild ? fc.constantFrom(undefined, 'again', 'x y', 'z'.repeat(300)) : fc.constant(undefined),
    who: wild ? fc.integer({ min: 0, max: 8 }) : fc.integer({ min: 3, max: 8 }),
  });
}

function bodySchema(described: Schema): unknown {
  let found: unknown = described;
  for (const step of ['requestBody', 'content', 'application/json', 'schema'])
    found = isObject(found) ? found[step] : undefined;
  return found;
}

let sent = 0;
async function send(one: Operation, input: Input, people: readonly Agent[]): Promise<Told> {
  let place = 0;
  const path = one.path.replace(/\{[A-Za-z]+\}/g, () => {
    const value = input.path[place] ?? '';
    place += 1;
    return encodeURIComponent(value.toWellFormed().slice(0, 180)) || '%20';
  });
  const query = input.query.map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${name}=${encodeURIComponent((text ?? '').toWellFormed())}`;
  });
  const body = input.body === undefined ? undefined : JSON.stringify(input.body);
  const payload = body === undefined ? undefined : input.cut ? body.slice(0, -1) : body;
  const address = query.length > 0 ? `${path}?${query.join('&')}` : path;
  const who = people[Math.min(input.who, people.length - 1)] ?? world.nobody;
  sent += 1;
  const began = performance.now();
  const answer = await who.send(one.method, address, undefined, {
    ...(payload === undefined ? {} : { payload }),
    // A minute's limit of open routes is by place.
    remoteAddress: `203.0.${sent % 250}.${Math.floor(sent / 250) % 250}`,
    headers: {
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...(input.version === undefined ? {} : { 'if-match': input.version }),
      ...(input.key === undefined || one.method !== 'POST' ? {} : { 'idempotency-key': input.key }),
    },
  });
  const refused = answer.statusCode >= 400;
  return {
    request: `${one.method} ${address} ${payload ?? ''}`.slice(0, 1_000),
    status: answer.statusCode,
    ms: performance.now() - began,
    instance: refused ? answer.json().instance : '',
  };
}

test(`whatever is sent is answered, and what is refused writes nothing (seed ${seed})`, {
  timeout: 300_000,
}, async () => {
  const asked = operations.filter((one) => !endless(one));
  const each = Math.ceil(wanted / asked.length);
  const told: Told[] = [];
  const slow: Told[] = [];
  const broken: string[] = [];
  let people = await callers();
  for (const [at, one] of asked.entries()) {
    // Some of these end what the request came with.
    if (!ofRegister(one)) people = await callers();
    const own: Told[] = [];
    const refusal = await watch();
    const late: Input[] = [];
    const half = { numRuns: Math.ceil(each / 2), seed: seed + at };
    for (const input of [...fc.sample(inputs(one, false), half), ...fc.sample(inputs(one, true), half)]) {
      try {
        const answered = await send(one, input, people);
        own.push(answered);
        if (await refusal.wrote(answered.status, logsRefusals(one)))
          broken.push(`${answered.request} was refused with ${answered.status} and wrote something`);
        if (answered.ms > mostMs) late.push(input);
      } catch (error) {
        broken.push(`${one.method} ${one.path}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    for (const input of late) slow.push(...(await slowAgain(one, input)));
    told.push(...own);
  }
  report(told);
  expect({ seed, slow }).toEqual({ seed, slow: [] });
  expect({ seed, broken }).toEqual({ seed, broken: [] });
  expect({ seed, failed: told.filter(({ status }) => status >= 500) }).toEqual({ seed, failed: [] });
  expect(world.server.failures).toEqual([]);
  expect(told.length).toBeGreaterThanOrEqual(Math.min(wanted, 10_000));
  expect(await entriesOf(told)).toEqual([]);
  // All kinds of answers are met, or the requests would prove little.
  for (const status of [200, 201, 400, 401, 403, 404, 422])
    expect(told.map((one) => one.status)).toContain(status);
});

/**
 * Says of each request whether it was refused and wrote something all the same. Tables are looked at only where anybody
 * wrote in between, and anew after what was carried out.
 */
async function watch() {
  let before = await world.written();
  let mark = await world.mark();
  return {
    wrote: async (status: number, mayWrite: boolean): Promise<boolean> => {
      const now = await world.mark();
      if (now === mark) return false;
      mark = now;
      const after = await world.written();
      const changed = after !== before;
      before = after;
      return changed && status >= 400 && !mayWrite;
    },
  };
}

/**
 * A busy machine makes any one request late; what is slow by itself is late each time. So it is asked again with nothing
 * beside it, by callers whom the first time did not end, and without the key that would bring back the answer that was
 * kept. Answers nothing where one is in time, else how the last was answered.
 */
async function slowAgain(one: Operation, input: Input): Promise<Told[]> {
  const people = await callers();
  let last: Told | undefined;
  for (let time = 0; time < 3; time += 1) {
    last = await send(one, { ...input, key: undefined }, people);
    if (last.ms <= mostMs) return [];
  }
  return last ? [last] : [];
}

/** A stranger, who only reads, of another organisation, and a program or a person who may nearly everything. */
async function callers(): Promise<Agent[]> {
  const { organisation } = world.manager;
  const all = ['admin', 'aims-manager'] as const;
  const token = await tokenAgent(world.server, organisation, all);
  const person = await signedIn(world.server, organisation, all);
  return [world.nobody, world.reader, world.foreigner, token, token, token, token, token, person];
}

function ofRegister({ path }: Operation): boolean {
  const [, first = ''] = path.split('/');
  return world.server.services.registry.ofCollection(first) !== undefined;
}

/** A refused attempt to sign in is itself noted. */
const logsRefusals = ({ path }: Operation): boolean => path.startsWith('/session');

/** Entries that a refused request left behind: an entry names the request that made it. */
async function entriesOf(told: readonly Told[]): Promise<unknown[]> {
  const refused = new Map(
    told.filter(({ instance }) => instance !== '').map((one) => [one.instance, one.request]),
  );
  const { rows: left } = await world.server.store.owner.query<{ request: string; act: string }>(
    `select convert_from(body, 'UTF8')::jsonb ->> 'request' as request, act from entry
      where convert_from(body, 'UTF8')::jsonb ->> 'request' = any($1) and act <> 'session.refused'`,
    [[...refused.keys()]],
  );
  return left.map(({ request, act }) => [act, refused.get(request)]);
}

function report(told: readonly Told[]): void {
  const slow = told.toSorted((a, b) => b.ms - a.ms).slice(0, 3);
  const over = told.filter(({ ms }) => ms > mostMs).length;
  console.info(
    `${told.length} requests, ${told.filter(({ status }) => status < 400).length} carried out, ${over} over 1 s and asked again; slowest:\n` +
      slow
        .map(({ ms, status, request }) => `  ${ms.toFixed(0)} ms ${status} ${request.slice(0, 160)}`)
        .join('\n'),
  );
}
