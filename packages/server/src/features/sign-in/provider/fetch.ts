import { type LookupAddress, lookup as resolve } from 'node:dns';
import { type IncomingMessage, request as plain, type RequestOptions } from 'node:http';
import { request as overTls } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { CustomFetch } from 'openid-client';

/** Why a provider was not asked, or did not answer; in words for an administrator. */
export class OutOfReach extends TypeError {
  override readonly name = 'OutOfReach';
}

/** Whether providers on this machine may be asked, also without TLS: for trying it out. `only`: and no others, as in tests. */
export type Reach = 'no' | 'yes' | 'only';

/** What any answer of a provider fits into: documents and key sets of the large ones have some 50 KB. */
export const mostBytes = 512 * 1024;
export const patienceMs = 8_000;

const loopback = blocked([
  ['127.0.0.0', 8],
  ['::1', 128],
]);
/** Addresses that nobody's provider has: this network, link-local with the metadata of clouds, multicast, reserved (RFC 6890). */
const never = blocked([
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
]);

function blocked(networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, familyOf(network));
  return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** Why an address is not asked; nothing where it may be. TLS is left out towards this machine alone. */
export function refusedAddress(address: string, secure: boolean, reach: Reach): string | null {
  const family = familyOf(address);
  if (never.check(address, family)) return `${address} is no address of a provider.`;
  const here = loopback.check(address, family);
  if (here && reach === 'no') return 'A provider on this machine is not asked.';
  if (!here && reach === 'only') return 'Only providers on this machine are asked here.';
  return secure || here ? null : 'A provider is asked over https alone.';
}

/**
 * Asks a provider: over TLS, at an address that is looked at as it is connected to (a name that leads elsewhere a moment
 * later gains nothing), without following it elsewhere, within bounds of time and size. Throws `OutOfReach`.
 */
export function boundedFetch(reach: Reach): CustomFetch {
  return async (given, { method, headers, body, signal }) => {
    const url = new URL(given);
    const secure = url.protocol === 'https:';
    if (!secure && url.protocol !== 'http:') throw new OutOfReach('A provider is asked over https alone.');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const refused = isIP(host) === 0 ? null : refusedAddress(host, secure, reach);
    if (refused !== null) throw new OutOfReach(refused);
    // No name is looked up that leads elsewhere anyway.
    if (reach === 'only' && isIP(host) === 0 && host !== 'localhost')
      throw new OutOfReach('Only providers on this machine are asked here.');
    const form = body instanceof URLSearchParams;
    if (!form && body !== undefined && body !== null)
      throw new OutOfReach('Only a form is sent to a provider.');
    const limit = AbortSignal.timeout(patienceMs);
    return ask(secure, url, form ? body.toString() : '', {
      method,
      headers: {
        ...headers,
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' } : {}),
      },
      lookup: looking(secure, reach),
      // One connection a question: nothing stays open towards hosts that an organisation chose.
      agent: false,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  };
}

function looking(secure: boolean, reach: Reach): NonNullable<RequestOptions['lookup']> {
  return (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, found: LookupAddress[]) => {
      const reasons = error ? [] : found.map(({ address }) => refusedAddress(address, secure, reach));
      const refused = reasons.find((reason) => reason !== null);
      const [first] = found ?? [];
      if (error || !first) done(error ?? new Error(`${name} has no address`), '', 0);
      else if (refused) done(new OutOfReach(refused), '', 0);
      else if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}

function ask(secure: boolean, url: URL, body: string, options: RequestOptions): Promise<Response> {
  return new Promise((done, fail) => {
    const request = (secure ? overTls : plain)(url, options, (answer) => {
      read(answer).then(done, (error: Error) => fail(reached(error, url)));
    });
    request.on('error', (error) => fail(reached(error, url)));
    request.end(body);
  });
}

async function read(answer: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    if (size > mostBytes) {
      answer.destroy();
      throw new OutOfReach(`It answered more than ${mostBytes / 1024} KiB.`);
    }
    parts.push(part);
  }
  const { statusCode: status = 502, headers } = answer;
  const kept = new Headers();
  for (const name of ['content-type', 'www-authenticate'] as const) {
    const value = headers[name];
    if (value !== undefined) kept.set(name, value);
  }
  const bytes = Uint8Array.from(Buffer.concat(parts));
  const empty = [204, 205, 304].includes(status) || status < 200;
  return new Response(empty ? null : bytes, { status: status < 200 ? 502 : status, headers: kept });
}

function reached(error: Error, url: URL): OutOfReach {
  if (error instanceof OutOfReach) return error;
  const late = error.name === 'TimeoutError' || error.name === 'AbortError';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return new OutOfReach(
    late
      ? `${url.host} did not answer within ${patienceMs / 1000} s.`
      : `${url.host} was not reached: ${code}.`,
    { cause: error },
  );
}
