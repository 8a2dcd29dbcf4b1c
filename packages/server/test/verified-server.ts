import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Trusted } from '../src/features/log/verify-organisation.ts';
import { type TestServer, testServer } from './factories.ts';
import { asAttacker } from './log-tampering.ts';
import { keyedSigning, type TestSigning } from './signing.ts';
import { found, verifiedWorld, type World } from './verified-world.ts';

/** A server whose log is signed, and before each test an organisation on it that verifies. */
export type VerifiedServer = {
  readonly server: TestServer;
  readonly signing: TestSigning;
  readonly world: World;
  /** Does in SQL what the database's owner can; `$1` is the organisation, and what is given comes behind it. */
  tamper(text: string, ...values: unknown[]): Promise<void>;
  /** What a verification of the organisation then finds. */
  faults(trusted?: Partial<Trusted>): Promise<string[]>;
};

/** Called at the top of a test file, which it begins and ends for; `prepare` does more to each organisation. */
export function verifiedServer(
  prepare: (its: VerifiedServer) => Promise<void> = async () => undefined,
): VerifiedServer {
  let made: { server: TestServer; signing: TestSigning } | undefined;
  let world: World | undefined;
  const there = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('It is there within tests alone');
    return thing;
  };
  const its: VerifiedServer = {
    get server() {
      return there(made).server;
    },
    get signing() {
      return there(made).signing;
    },
    get world() {
      return there(world);
    },
    tamper: (text, ...values) => asAttacker(its.server.store, [text, [its.world.organisation, ...values]]),
    faults: (trusted) => found(its.server, its.world.organisation, trusted),
  };
  beforeAll(async () => {
    const server = await testServer();
    made = { server, signing: await keyedSigning(server.store, 'aims.example.org') };
  });
  afterAll(async () => {
    its.signing.close();
    await its.server.close();
  });
  beforeEach(async () => {
    world = await verifiedWorld(its.server, its.signing);
    await prepare(its);
  });
  return its;
}
