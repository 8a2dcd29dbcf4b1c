import { isIP } from 'node:net';
import { join, resolve } from 'node:path';

/**
 * The configuration of one process, read once. This is the only file that reads the environment; everything
 * else is handed what it needs.
 */
export type Config = Readonly<{
  /** Absolute. Holds the embedded database with its files. */
  dataDir: string;
  host: string;
  port: number;
  /** A PostgreSQL of one's own (15 or newer); without it the embedded one is used. */
  databaseUrl: string | undefined;
  /**
   * Absolute. Holds the private key that signs the log, and what was signed last. Beside the data directory and not in
   * it: data that is set back to yesterday then does not set back what was signed since.
   */
  logKeyDir: string;
  /** Absolute. The key that seals secrets of authenticators and of sign-in providers; one for all nodes of a database. */
  factorsKeyFile: string;
  /** What names of logs begin with: PUBLIC_URL without its scheme; nothing while none is configured. */
  logAddress: string | undefined;
  logLevel: LogLevel;
  /** The mail server, with user and password where it asks for them; without it links are shown to be handed over. */
  smtpUrl: string | undefined;
  /**
   * Whether an administrator opens an account by hand: a link that they hold, or an end to second factors. Where
   * organisations are not to learn of one another nobody does, for a refusal would tell whose account leads elsewhere.
   */
  accountsByHand: boolean;
  /** Who mail comes from. */
  mailFrom: string;
  /** The address that people use, without a slash at the end; links in answers and messages begin with it. */
  publicUrl: string;
  /** Whether PUBLIC_URL, PORT or HOST says it; otherwise it is where a server listens that nobody told anything. */
  addressGiven: boolean;
  /**
   * Addresses and networks of the reverse proxies in front. X-Forwarded-* headers are believed where one of them sends
   * the request, and of everybody else ignored: whoever could choose their own address would escape every limit.
   */
  trustedProxies: readonly string[];
  /** How often one session or token may ask in ten seconds, on each node; 0 for no bound. */
  requestsPerCaller: number;
  /** What whoever reads `/metrics` sends as a bearer token; without it nobody reads them. */
  metricsToken: string | undefined;
  /** Whether sign-in providers on this very machine may be asked, also without TLS: to try it out. `only`: and no others. */
  loopbackProviders: LoopbackProviders;
}>;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that this process was started with; read nowhere else. */
export const ownEnvironment: Environment = process.env;

/** A variable that cannot be used; the message names it, what it holds and what it may hold. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly variable: string;
  constructor(variable: string, message: string) {
    super(`${variable} ${message}`);
    this.variable = variable;
  }
}

/** Reads the configuration; relative paths are taken from `workingDirectory`. Throws `ConfigError`. */
export function readConfig(
  environment: Environment = ownEnvironment,
  workingDirectory: string = process.cwd(),
): Config {
  const host = text(environment, 'HOST') ?? '127.0.0.1';
  const port = portNumber(environment);
  const configured = publicUrl(environment);
  const dataDir = resolve(workingDirectory, text(environment, 'DATA_DIR') ?? 'data');
  const logKeyDir = resolve(workingDirectory, text(environment, 'LOG_KEY_DIR') ?? `${dataDir}-log-key`);
  return Object.freeze({
    dataDir,
    logKeyDir,
    factorsKeyFile: resolve(
      workingDirectory,
      text(environment, 'FACTORS_KEY_FILE') ?? join(logKeyDir, 'factors.key'),
    ),
    logAddress: configured && logAddress(configured),
    host,
    port,
    databaseUrl: databaseUrl(environment, 'DATABASE_URL'),
    logLevel: logLevel(environment),
    smtpUrl: smtpUrl(environment),
    accountsByHand: accountsByHand(environment),
    mailFrom: mailFrom(environment, configured),
    publicUrl: configured ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    addressGiven: ['PUBLIC_URL', 'PORT', 'HOST'].some((name) => text(environment, name) !== undefined),
    trustedProxies: trustedProxies(environment),
    requestsPerCaller: requestsPerCaller(environment),
    metricsToken: metricsToken(environment),
    loopbackProviders: loopbackProviders(environment),
  });
}

/** What the tests read: a PostgreSQL to use instead of the embedded one, and a browser. */
export function readTestConfig(environment: Environment = ownEnvironment) {
  const samples = text(environment, 'THROUGHLINE_SHARED');
  return Object.freeze({
    databaseUrl: databaseUrl(environment, 'TEST_DATABASE_URL'),
    chromiumPath: text(environment, 'CHROMIUM_PATH'),
    /** The directory with the sample files, outside the repository. */
    shared: samples ?? resolve(import.meta.dirname, '../../../../shared'),
  });
}

/** What the terminal asks of the command line. */
export function readTerminal(environment: Environment = ownEnvironment) {
  return Object.freeze({
    /** No colour where NO_COLOR holds anything (no-color.org), or the terminal knows none. */
    colour: !environment.NO_COLOR && environment.TERM !== 'dumb',
  });
}

/** A set but empty variable counts as not set: that is how compose files and unit files clear one. */
function text(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

function portNumber(environment: Environment): number {
  const value = text(environment, 'PORT') ?? '4270';
  const port = Number(value);
  // 0 asks the operating system for any free port; tests use it.
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw new ConfigError('PORT', `is "${value}", and a port is a whole number from 0 to 65535.`);
}

/** A page asks some dozens of questions, a program that writes one record after another about a thousand. */
const usualRequests = '2000';

function requestsPerCaller(environment: Environment): number {
  const value = text(environment, 'REQUESTS_PER_CALLER') ?? usualRequests;
  if (/^\d{1,7}$/.test(value)) return Number(value);
  throw new ConfigError(
    'REQUESTS_PER_CALLER',
    `is "${value}", and is a whole number from 0 to 9999999: requests in ten seconds, 0 for no bound.`,
  );
}

function databaseUrl(environment: Environment, name: string): string | undefined {
  const value = text(environment, name);
  if (value === undefined) return undefined;
  // PostgreSQL's addresses are no URLs: `postgresql://user@/db?host=/run/postgresql` names a socket and no host.
  if (/^postgres(ql)?:\/\/\S+$/.test(value)) return value;
  // The value is not repeated: it holds a password.
  throw new ConfigError(name, 'is not an address of the form postgresql://user:password@host:5432/database.');
}

function smtpUrl(environment: Environment): string | undefined {
  const value = text(environment, 'SMTP_URL');
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && /^smtps?:$/.test(url.protocol) && url.hostname !== '') return value;
  // The value is not repeated: it holds a password.
  throw new ConfigError(
    'SMTP_URL',
    'is not an address of the form smtp://user:password@host:587 or smtps://….',
  );
}

function accountsByHand(environment: Environment): boolean {
  const value = text(environment, 'ACCOUNTS_BY_HAND') ?? 'yes';
  if (value !== 'yes' && value !== 'no')
    throw new ConfigError('ACCOUNTS_BY_HAND', `is "${value}", and may be yes or no.`);
  if (value === 'no' && smtpUrl(environment) === undefined)
    throw new ConfigError(
      'ACCOUNTS_BY_HAND',
      'is "no", and needs SMTP_URL: without mail nobody else could let people in.',
    );
  return value === 'yes';
}

function mailFrom(environment: Environment, address: string | undefined): string {
  const value = text(environment, 'MAIL_FROM');
  const host = address === undefined ? 'localhost' : new URL(address).hostname;
  if (value === undefined) return `Throughline <no-reply@${host}>`;
  if (/^([^<>\r\n]{1,100} )?<?[^\s@<>]+@[^\s@<>]+>?$/.test(value)) return value;
  throw new ConfigError(
    'MAIL_FROM',
    `is "${value}", and a sender looks like aims@example.org or AIMS <aims@example.org>.`,
  );
}

function logLevel(environment: Environment): LogLevel {
  const value = text(environment, 'LOG_LEVEL') ?? 'info';
  const level = LOG_LEVELS.find((known) => known === value);
  if (level) return level;
  throw new ConfigError('LOG_LEVEL', `is "${value}", and may be one of ${LOG_LEVELS.join(', ')}.`);
}

function publicUrl(environment: Environment): string | undefined {
  const value = text(environment, 'PUBLIC_URL');
  if (value === undefined) return undefined;
  if (URL.canParse(value)) {
    const url = new URL(value);
    if (/^https?:$/.test(url.protocol) && url.search === '' && url.hash === '')
      return value.replace(/\/+$/, '');
  }
  throw new ConfigError('PUBLIC_URL', `is "${value}", and an address looks like https://aims.example.org.`);
}

function metricsToken(environment: Environment): string | undefined {
  const value = text(environment, 'METRICS_TOKEN');
  if (value === undefined || /^[\w.~+/=-]{24,}$/.test(value)) return value;
  // The value is not repeated: it is a secret.
  throw new ConfigError(
    'METRICS_TOKEN',
    'is shorter than 24 characters, or holds others than letters, digits and . _ ~ + / = -. `openssl rand -hex 24` makes one.',
  );
}

const LOOPBACK_PROVIDERS = ['no', 'yes', 'only'] as const;
export type LoopbackProviders = (typeof LOOPBACK_PROVIDERS)[number];

function loopbackProviders(environment: Environment): LoopbackProviders {
  const value = text(environment, 'LOOPBACK_PROVIDERS') ?? 'no';
  const known = LOOPBACK_PROVIDERS.find((one) => one === value);
  if (known) return known;
  throw new ConfigError(
    'LOOPBACK_PROVIDERS',
    `is "${value}", and may be one of ${LOOPBACK_PROVIDERS.join(', ')}.`,
  );
}

/** As C2SP tlog-checkpoint wants an origin: no scheme, no slash at the end; signed-note names have no plus. */
function logAddress(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/+$/, '')}`.replaceAll('+', '%2B');
}

/** Names that stand for networks without the public ones, as the HTTP framework knows them. */
const namedNetworks = ['loopback', 'linklocal', 'uniquelocal'];

function trustedProxies(environment: Environment): readonly string[] {
  // It believed whoever asked. Left standing unread it would change every limit without a word.
  if (!['no', 'false', '0', undefined].includes(text(environment, 'TRUST_PROXY')))
    throw new ConfigError(
      'TRUST_PROXY',
      'is not read: name the proxies in TRUSTED_PROXIES, such as 127.0.0.1 or 10.0.0.0/8.',
    );
  const named = (text(environment, 'TRUSTED_PROXIES') ?? '').split(/[\s,]+/).filter((one) => one !== '');
  const unknown = named.find((one) => !namedNetworks.includes(one) && !isNetwork(one));
  if (unknown === undefined) return named;
  throw new ConfigError(
    'TRUSTED_PROXIES',
    `names "${unknown}", and may name addresses, networks such as 10.0.0.0/8, and ${namedNetworks.join(', ')}.`,
  );
}

/** A network that holds every address is refused: it would trust everybody. */
function isNetwork(value: string): boolean {
  const [address = '', prefix, ...more] = value.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  if (prefix === undefined) return true;
  const bits = Number(prefix);
  return /^\d{1,3}$/.test(prefix) && bits > 0 && bits <= (version === 4 ? 32 : 128);
}
