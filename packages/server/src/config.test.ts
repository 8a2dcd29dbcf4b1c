import { expect, test } from 'vitest';
import { ConfigError, readConfig, readTestConfig } from './config.ts';

test('without any variable it serves loopback from ./data with its own database', () => {
  expect(readConfig({}, '/srv/throughline')).toEqual({
    dataDir: '/srv/throughline/data',
    host: '127.0.0.1',
    port: 4270,
    databaseUrl: undefined,
    logKeyDir: '/srv/throughline/data-log-key',
    factorsKeyFile: '/srv/throughline/data-log-key/factors.key',
    logAddress: undefined,
    logLevel: 'info',
    smtpUrl: undefined,
    accountsByHand: true,
    mailFrom: 'Throughline <no-reply@localhost>',
    publicUrl: 'http://127.0.0.1:4270',
    addressGiven: false,
    requestsPerCaller: 2000,
    trustedProxies: [],
    metricsToken: undefined,
    loopbackProviders: 'no',
  });
});

test('each variable is taken, relative paths from the working directory', () => {
  const environment = {
    DATA_DIR: '../state',
    HOST: '::1',
    PORT: '8080',
    DATABASE_URL: 'postgresql://aims:secret@db.example.org/aims',
    LOG_KEY_DIR: '../keys',
    FACTORS_KEY_FILE: '../shared/factors.key',
    LOG_LEVEL: 'warn',
    REQUESTS_PER_CALLER: '250',
    PUBLIC_URL: 'https://aims.example.org/',
    TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8 uniquelocal',
    METRICS_TOKEN: 'a1'.repeat(24),
    LOOPBACK_PROVIDERS: 'yes',
  };
  expect(readConfig(environment, '/srv/app')).toEqual({
    dataDir: '/srv/state',
    host: '::1',
    port: 8080,
    databaseUrl: 'postgresql://aims:secret@db.example.org/aims',
    logKeyDir: '/srv/keys',
    factorsKeyFile: '/srv/shared/factors.key',
    logAddress: 'aims.example.org',
    logLevel: 'warn',
    smtpUrl: undefined,
    accountsByHand: true,
    mailFrom: 'Throughline <no-reply@aims.example.org>',
    publicUrl: 'https://aims.example.org',
    addressGiven: true,
    requestsPerCaller: 250,
    trustedProxies: ['127.0.0.1', '10.0.0.0/8', 'uniquelocal'],
    metricsToken: 'a1'.repeat(24),
    loopbackProviders: 'yes',
  });
});

test('accounts are opened by hand until that is ended, which takes mail', () => {
  const SMTP_URL = 'smtp://127.0.0.1:2525';
  expect(readConfig({ ACCOUNTS_BY_HAND: 'no', SMTP_URL }).accountsByHand).toBe(false);
  expect(readConfig({ ACCOUNTS_BY_HAND: 'yes' }).accountsByHand).toBe(true);
  expect(() => readConfig({ ACCOUNTS_BY_HAND: 'no' })).toThrow(/^ACCOUNTS_BY_HAND .*needs SMTP_URL/);
  expect(() => readConfig({ ACCOUNTS_BY_HAND: 'maybe', SMTP_URL })).toThrow(/may be yes or no/);
});

test.each(['no', 'false', '0', ''])('what trusted nobody before (%s) still stands', (value) => {
  expect(readConfig({ TRUST_PROXY: value })).toEqual(readConfig({}));
});

test('an address of IPv6 stands in brackets', () => {
  expect(readConfig({ HOST: '::1' }).publicUrl).toBe('http://[::1]:4270');
});

test.each([
  ['https://aims.example.org/', 'aims.example.org'],
  ['http://aims.example.org:8080/a%20i/', 'aims.example.org:8080/a%20i'],
  ['https://aims.example.org/a+b', 'aims.example.org/a%2Bb'],
])('logs of an installation at %s have names that begin with %s', (url, address) => {
  expect(readConfig({ PUBLIC_URL: url }).logAddress).toBe(address);
});

test('the key of the log stands beside the data directory unless told otherwise', () => {
  expect(readConfig({ DATA_DIR: '/var/aims' }).logKeyDir).toBe('/var/aims-log-key');
});

test('a variable that is set but empty counts as not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', LOG_LEVEL: '' })).toEqual(readConfig({}));
});

test('the configuration cannot be changed afterwards', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});

test.each([
  ['PORT', '80a', 'PORT is "80a", and a port is a whole number from 0 to 65535.'],
  ['PORT', '65536', 'PORT is "65536", and a port is a whole number from 0 to 65535.'],
  ['PORT', '-1', 'PORT is "-1", and a port is a whole number from 0 to 65535.'],
  [
    'LOG_LEVEL',
    'loud',
    'LOG_LEVEL is "loud", and may be one of fatal, error, warn, info, debug, trace, silent.',
  ],
  [
    'PUBLIC_URL',
    'aims.example.org',
    'PUBLIC_URL is "aims.example.org", and an address looks like https://aims.example.org.',
  ],
  [
    'PUBLIC_URL',
    'https://a.example/?x=1',
    'PUBLIC_URL is "https://a.example/?x=1", and an address looks like https://aims.example.org.',
  ],
  ['TRUST_PROXY', 'yes', 'TRUST_PROXY is not read: name the proxies in TRUSTED_PROXIES'],
  ['TRUSTED_PROXIES', 'yes', 'TRUSTED_PROXIES names "yes", and may name addresses'],
  ['TRUSTED_PROXIES', '127.0.0.1, 10.0.0.0/33', 'TRUSTED_PROXIES names "10.0.0.0/33"'],
  ['TRUSTED_PROXIES', '0.0.0.0/0', 'TRUSTED_PROXIES names "0.0.0.0/0"'],
  ['TRUSTED_PROXIES', '::/0', 'TRUSTED_PROXIES names "::/0"'],
  ['TRUSTED_PROXIES', '10.0.0.0/8/8', 'TRUSTED_PROXIES names "10.0.0.0/8/8"'],
  ['TRUSTED_PROXIES', 'proxy.example.org', 'TRUSTED_PROXIES names "proxy.example.org"'],
  [
    'DATABASE_URL',
    'mysql://h/d',
    'DATABASE_URL is not an address of the form postgresql://user:password@host:5432/database.',
  ],
])('%s=%s is refused by name', (variable, value, message) => {
  const attempt = () => readConfig({ [variable]: value });
  expect(attempt).toThrow(ConfigError);
  expect(attempt).toThrow(message);
});

test('a database may be named by its socket', () => {
  const address = 'postgresql://aims@/aims?host=/run/postgresql';
  expect(readConfig({ DATABASE_URL: address }).databaseUrl).toBe(address);
});

test('a database address that cannot be used is not repeated, for it may hold a password', () => {
  expect(() => readConfig({ DATABASE_URL: 'postgres//user:hunter2@host/db' })).toThrow(/^(?!.*hunter2)/);
});

test.each(['hunter2', `hunter2 ${'x'.repeat(24)}`])(
  'a token for measurements that is short or no token is refused, unrepeated',
  (value) => {
    expect(() => readConfig({ METRICS_TOKEN: value })).toThrow(/^METRICS_TOKEN is (?!.*hunter2)/);
  },
);

test('tests may name a database of their own and a browser', () => {
  const environment = {
    TEST_DATABASE_URL: 'postgres://localhost/tests',
    CHROMIUM_PATH: '/opt/chromium',
    THROUGHLINE_SHARED: '/srv/shared',
  };
  expect(readTestConfig(environment)).toEqual({
    databaseUrl: 'postgres://localhost/tests',
    chromiumPath: '/opt/chromium',
    shared: '/srv/shared',
  });
});

test('a mail server is named by an address of its own, which no refusal repeats', () => {
  const smtp = 'smtps://aims:secret@mail.example.org:465';
  expect(readConfig({ SMTP_URL: smtp, MAIL_FROM: 'AIMS <aims@example.org>' })).toMatchObject({
    smtpUrl: smtp,
    mailFrom: 'AIMS <aims@example.org>',
  });
  for (const wrong of ['https://aims:secret@mail.example.org', 'secret', 'smtp://'])
    expect(() => readConfig({ SMTP_URL: wrong })).toThrow(
      /^SMTP_URL is not an address of the form smtp:[^s]/,
    );
  for (const wrong of ['AIMS', 'aims@example.org\r\nBcc: x@example.org', '<aims>'])
    expect(() => readConfig({ MAIL_FROM: wrong })).toThrow(/^MAIL_FROM is /);
});
