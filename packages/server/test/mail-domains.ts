import { operator } from '../src/cli/work.ts';
import { addDomain, removeDomain } from '../src/features/organisation/mail-domains.ts';
import type { TestServer } from './factories.ts';
import { contextOf } from './verified-world.ts';

const asOperator = (server: TestServer, organisation: string) => ({
  ...contextOf(server, organisation),
  actor: operator,
});

/** Lets a mail domain lead to an organisation, as the command of whoever operates the server does. */
export const lead = (server: TestServer, organisation: string, domain: string) =>
  addDomain(server.services, asOperator(server, organisation), domain);

export const leadNoMore = (server: TestServer, organisation: string, domain: string) =>
  removeDomain(server.services, asOperator(server, organisation), domain);
