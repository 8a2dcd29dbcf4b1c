import type { TestConnection } from './cluster.ts';

/** A database as an address that the configuration takes, socket directories included. */
export function addressOf({ host, port, user, password, database }: TestConnection): string {
  const login = password === undefined ? user : `${user}:${encodeURIComponent(password)}`;
  const query = new URLSearchParams({ host, port: String(port) });
  return `postgresql://${login}@/${database}?${query}`;
}
