import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeUnfailed, type TestServer, testServer } from '../../test/factories.ts';
import { migrateSchema, migrationNames } from './migrate.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => closeUnfailed(server));

const release = '069-mail-domains';
type Named = { readonly domains: readonly string[]; readonly offered: boolean; readonly archived?: true };

/** Which organisation, by its place in the list, each domain leads to once rows of the release before came over. */
async function carriedOver(organisations: readonly Named[]): Promise<Record<string, number>> {
  const client = await server.store.owner.connect();
  try {
    await client.query('begin; create schema before; set local search_path = before');
    await client.query('set local check_function_bodies = off');
    await migrateSchema(client, 'before', migrationNames.slice(0, migrationNames.indexOf(release)));
    const ids: string[] = [];
    for (const { domains, offered, archived } of organisations) {
      const { rows } = await client.query<{ id: string }>(
        `insert into before.organisation (id, name, time_zone, settings, created_at, archived_at)
        values (gen_random_uuid(), 'One', 'UTC', '{}', now(), $1) returning id`,
        [archived ? new Date() : null],
      );
      ids.push(rows[0]?.id ?? '');
      await client.query(
        `insert into before.sign_in_provider (organisation, id, issuer, client_id, settings, salt, created_at, changed_at)
        values ($1, gen_random_uuid(), 'https://a.example', 'b', $2, '', now(), now())`,
        [rows[0]?.id, JSON.stringify({ domains, offered })],
      );
    }
    await migrateSchema(client, 'before', migrationNames.slice(0, migrationNames.indexOf(release) + 1));
    const { rows } = await client.query<{ domain: string; organisation: string }>(
      'select domain, organisation from before.mail_domain where removed_at is null and salt is null',
    );
    return Object.fromEntries(rows.map(({ domain, organisation }) => [domain, ids.indexOf(organisation)]));
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test('what led somewhere goes on: to the one that offers it, or that alone names it; where two are meant, nowhere', async () => {
  expect(
    await carriedOver([
      { domains: ['alone.example', 'alone.example', 'both.example', 'offered.example'], offered: true },
      { domains: ['both.example', 'unoffered.example', 'archived.example'], offered: true },
      { domains: ['offered.example', 'waits.example', 'neither.example'], offered: false },
      { domains: ['archived.example', 'neither.example'], offered: true, archived: true },
    ]),
  ).toEqual({
    'alone.example': 0,
    'offered.example': 0,
    'unoffered.example': 1,
    'archived.example': 1,
    'waits.example': 2,
  });
});
