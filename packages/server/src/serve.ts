import { fileURLToPath } from 'node:url';
import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { buildApp } from './app.ts';
import { openLog, startBackground } from './background.ts';
import type { Config } from './config.ts';
import { signInLink } from './features/sign-in/first-run.ts';
import { openSecretBox } from './features/sign-in/sealing.ts';
import { openMail } from './mail.ts';
import { secretLink } from './secret-link.ts';
import { noteAddress } from './store/embedded/server-address.ts';
import { migrate } from './store/migrate.ts';
import { openDatabase } from './store/open-database.ts';
import { openPools } from './store/pools.ts';
import { refillSlots } from './store/refill-slots.ts';
import { refillWords } from './store/refill-words.ts';
import { Store } from './store/store.ts';
import { turnsOfThisMachine } from './store/turns.ts';

export type Running = {
  /** Where people reach it: PUBLIC_URL, else where it listens. Without a slash at the end. */
  address: string;
  /** Makes its first visitor the first administrator; nothing once there is one. */
  signInLink: string | undefined;
  /** Answers what is under way, then closes everything in the opposite order of its opening. */
  stop(): Promise<void>;
};

/** What a start tells while it goes on, and what goes wrong while it serves. */
export type Report = { line(text: string): void; failed(error: unknown, request?: string): void };

const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url));

/**
 * Opens the database, migrates it and serves. `stopped` is asked after each step, so that a stop asked for during
 * a long start does not wait for its end. Throws what a step throws, with everything closed again.
 */
export async function serve(
  config: Config,
  report: Report,
  stopped: () => boolean,
): Promise<Running | undefined> {
  const opened: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    const running = await open(config, report, stopped, opened);
    if (!running) await stop();
    return running && { ...running, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(
  config: Config,
  report: Report,
  stopped: () => boolean,
  opened: (() => Promise<unknown>)[],
): Promise<Omit<Running, 'stop'> | undefined> {
  const database = await openDatabase(config, report.line);
  opened.push(() => database.close());
  if (stopped()) return undefined;
  const pools = openPools(database.connection, report.failed);
  opened.push(() => pools.end());
  await migrate(pools.owner);
  if (stopped()) return undefined;
  const store = new Store(pools, registry, database.here ? turnsOfThisMachine() : undefined);
  const secrets = await openSecretBox(store, config.factorsKeyFile, new Date());
  await refillSlots(store);
  await refillWords(store);
  const { publicUrl, trustedProxies, loopbackProviders, metricsToken, requestsPerCaller } = config;
  const door = { publicUrl, trustedProxies, loopbackProviders, metricsToken, requestsPerCaller };
  const { smtpUrl: url, mailFrom: from } = config;
  const mail = url === undefined ? {} : { mail: openMail({ url, from, address: () => door.publicUrl }) };
  const hands = config.accountsByHand ? {} : { neverByHand: true as const };
  const services = {
    store,
    registry,
    catalogue: loadCatalogue(),
    clock: () => new Date(),
    ...mail,
    ...hands,
  };
  const signing = await openLog(config, services, report.line);
  const background = await startBackground(services, signing, report.failed);
  opened.push(async () => background[Symbol.asyncDispose]());
  const app = await buildApp({
    ...services,
    config: door,
    secrets,
    log: report.failed,
    webRoot: WEB_ROOT,
  });
  opened.push(() => app.close());
  const address = await app.listen({ host: config.host, port: config.port });
  // Port 0 asked for any free one: links then begin with the address that came of it.
  if (config.port === 0) door.publicUrl = address;
  await noteAddress(config, door.publicUrl);
  const secret = await signInLink(store);
  const link = secret === null ? undefined : door.publicUrl + secretLink('/setup', secret);
  return { address: door.publicUrl, signInLink: link };
}
