import { expect, test } from 'vitest';
import { serverSettings } from './settings.ts';

const options = {
  sockets: 'run',
  port: 5432,
  loopback: false,
  durability: 'durable',
  version: '18.4.0',
} as const;

/** The settings file as PostgreSQL reads it: the last of several lines for one name counts. */
function settings(text: string): Map<string, string> {
  const lines = text.split('\n').map((line) => /^(\w+) = (.*)$/.exec(line));
  return new Map(lines.flatMap((found) => (found ? [[found[1] ?? '', found[2] ?? '']] : [])));
}

test('what is acknowledged is on the disk', () => {
  const durable = settings(serverSettings(options));
  expect(['fsync', 'synchronous_commit', 'full_page_writes'].map((name) => durable.get(name))).toEqual([
    "'on'",
    "'on'",
    "'on'",
  ]);
});

test('a restore writes what it puts into new tables once: nothing replicates from a data directory', () => {
  const durable = settings(serverSettings(options));
  expect([durable.get('wal_level'), durable.get('max_wal_senders')]).toEqual(["'minimal'", '0']);
});

test('only a cluster for tests gives durability away', () => {
  const disposable = settings(serverSettings({ ...options, durability: 'disposable' }));
  expect(disposable.get('fsync')).toBe("'off'");
});

test('it listens on the socket or on loopback, never on both', () => {
  const socket = settings(serverSettings(options));
  expect([socket.get('listen_addresses'), socket.get('unix_socket_directories')]).toEqual(["''", "'run'"]);
  const loopback = settings(serverSettings({ ...options, loopback: true, port: 40_000 }));
  expect([loopback.get('listen_addresses'), loopback.get('unix_socket_directories')]).toEqual([
    "'127.0.0.1'",
    "''",
  ]);
  expect(loopback.get('port')).toBe('40000');
});

test('a quote in a path stays within its setting', () => {
  const text = serverSettings({ ...options, sockets: "/tmp/it's" });
  expect(settings(text).get('unix_socket_directories')).toBe("'/tmp/it''s'");
});

test('an operator’s own settings come last and win', () => {
  expect(serverSettings(options).trimEnd().endsWith("include_if_exists = 'local.conf'")).toBe(true);
});

test('the same options give the same text, so that an unchanged release does not restart a server it takes over', () => {
  expect(serverSettings(options)).toBe(serverSettings(options));
  expect(serverSettings({ ...options, version: '18.5.0' })).not.toBe(serverSettings(options));
});
