import { constants } from 'node:os';
import { resolve } from 'node:path';
import type { Actor } from '@throughline/domain/actor.ts';
import { shown } from '@throughline/domain/text.ts';
import { type Config, readConfig } from '../config.ts';
import { exitCodes } from '../exit-codes.ts';
import { type OpenServices, openServices, serverAddress } from '../open-services.ts';
import { type SecretPage, secretLink } from '../secret-link.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import type { OrganisationName } from '../store/organisations.ts';
import type { Asker } from '../store/reading.ts';
import { CommandRefused, usage } from './refuse.ts';
import type { Outside } from './shell.ts';
import type { Terminal } from './terminal.ts';

/** Relative paths in the configuration are taken from the checkout, as `npm start` takes them. */
export const checkout = resolve(import.meta.dirname, '../../../..');

/**
 * Who acts: whoever may read the data directory, or holds the address of the database, operates the installation and
 * may do anything in it. No person signed in and no token was shown, so entries say `rule operator` and claim neither.
 */
export const operator: Actor = { type: 'rule', rule: 'operator' };

export type Work = {
  readonly terminal: Terminal;
  readonly services: Services;
  readonly database: OpenServices['database'];
  readonly organisation: OrganisationName;
  readonly actor: Actor;
  /** Where the server is reached, as links name it: as the environment says, else as the server wrote down. */
  readonly address: { readonly url: string; readonly known: boolean };
  /** Where the key that signs the log lies, and what names of logs begin with. */
  readonly log: { readonly keyDir: string; readonly address: string | undefined };
  readonly factorsKeyFile: string;
  context(): Context;
};

/** Who asks, as the store wants to know: whoever may read the data directory, as the rule that a command is. */
export const askerOf = ({ organisation, actor }: Work): Asker => ({ organisation: organisation.id, actor });

/** `whole`: the work is for the installation, whichever organisation it begins with. */
export type Choice = { readonly organisation?: string | undefined; readonly whole?: true };

/** Opens the database, does the work for one organisation and gives the database back, also when it is interrupted. */
export async function withWork<T>(
  { terminal, environment }: Outside,
  choice: Choice,
  work: (work: Work) => Promise<T>,
): Promise<T> {
  const config = readConfig(environment, checkout);
  const { dataDir, databaseUrl, logKeyDir, logAddress, factorsKeyFile, accountsByHand } = config;
  const log = { keyDir: logKeyDir, address: logAddress };
  const interruption = new Interruption(terminal);
  try {
    const opened = await openServices({ dataDir, databaseUrl }, (line) => terminal.note(line));
    interruption.release(() => opened.abandon());
    try {
      const organisation = chosen(await opened.organisations(), choice);
      return await work(
        workFor(
          { terminal, log, address: await addressOf(config), factorsKeyFile },
          opened,
          organisation,
          accountsByHand,
        ),
      );
    } finally {
      await interruption.ifAsked();
      terminal.clear();
      await opened.close();
    }
  } finally {
    await interruption.ifAsked();
    interruption.end();
  }
}

async function addressOf(config: Config): Promise<Work['address']> {
  const noted = config.addressGiven ? undefined : await serverAddress(config);
  return { url: noted ?? config.publicUrl, known: config.addressGiven || noted !== undefined };
}

/** A link for somebody; says so where its beginning is a guess. */
export function linkHere({ terminal, address }: Work, page: SecretPage, secret: string): string {
  if (!address.known)
    terminal.note(
      `Where the server is reached is not known here, so the link begins with ${address.url}: put the address of yours in its place, or say it with PUBLIC_URL.`,
    );
  return address.url + secretLink(page, secret);
}

function workFor(
  given: Pick<Work, 'terminal' | 'log' | 'address' | 'factorsKeyFile'>,
  opened: OpenServices,
  organisation: OrganisationName,
  accountsByHand: boolean,
): Work {
  const { database } = opened;
  const services = accountsByHand ? opened.services : { ...opened.services, neverByHand: true as const };
  return {
    ...given,
    services,
    database,
    organisation,
    actor: operator,
    context: () => ({
      organisation: organisation.id,
      actor: operator,
      at: services.clock(),
      because: null,
      request: null,
    }),
  };
}

function chosen(
  known: readonly OrganisationName[],
  { organisation: wanted, whole }: Choice,
): OrganisationName {
  const open = known.filter((one) => one.archivedAt === null);
  const [only, ...others] = open.length > 0 ? open : known;
  if (!only)
    throw new CommandRefused(
      exitCodes.refused,
      'No organisation is set up yet. Start the server and open the sign-in link that it prints.',
    );
  if (wanted === undefined) {
    if (others.length === 0 || whole) return only;
    throw usage(`Say for which organisation: --organisation with a name, a slug or an id. ${names(known)}`);
  }
  const text = wanted.trim().toLowerCase();
  const found = known.filter(
    (one) => one.id === text || one.slug === text || one.name.toLowerCase() === text,
  );
  if (found.length > 1) throw usage(`Several organisations have that name; say the id. ${names(found)}`);
  if (found[0]) return found[0];
  throw new CommandRefused(
    exitCodes.notFound,
    `There is no organisation "${shown(wanted)}". ${names(known)}`,
  );
}

function names(known: readonly OrganisationName[]): string {
  const listed = known.slice(0, 20).map((one) => `${shown(one.name)} (${one.id})`);
  return `Known: ${listed.join(', ')}${known.length > 20 ? ` and ${known.length - 20} more` : ''}.`;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ends a command that a person stops: what its transaction wrote is rolled back, and a PostgreSQL that it started
 * stops in order. The process ends as one that died of the signal (128 and its number).
 */
export class Interruption {
  readonly #terminal: Terminal;
  readonly #heard = (signal: NodeJS.Signals) => void this.#hear(signal);
  #signal: NodeJS.Signals | undefined;
  #release: (() => Promise<void>) | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    for (const signal of signals) process.on(signal, this.#heard);
  }

  /** From now on there is something to give back first. */
  release(give: () => Promise<void>): void {
    this.#release = give;
  }

  /** Once asked to stop, nothing goes on: not with work, and not with the errors that stopping makes. */
  async ifAsked(): Promise<void> {
    if (this.#signal === undefined) return;
    await this.#stop();
  }

  end(): void {
    for (const signal of signals) process.off(signal, this.#heard);
  }

  async #hear(signal: NodeJS.Signals): Promise<void> {
    if (this.#signal !== undefined) return;
    this.#signal = signal;
    this.#terminal.note('Stopped. A change is kept whole or not at all: what was not finished was not kept.');
    // While the database is being opened, the opening ends first and gives itself back.
    if (this.#release) await this.#stop();
  }

  async #stop(): Promise<never> {
    const give = this.#release;
    this.#release = undefined;
    if (give) {
      try {
        await give();
      } finally {
        process.exit(128 + constants.signals[this.#signal ?? 'SIGINT']);
      }
    }
    // Another call gives back and ends the process.
    return new Promise(() => undefined);
  }
}
