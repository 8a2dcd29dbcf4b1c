import { domainContent } from './bound.ts';
import type { Db } from './connection.ts';
import { newSalt } from './digest.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** A mail domain whose people are led to the provider of an organisation; a domain leads to one at most. */
export type MailDomain = {
  readonly organisation: string;
  readonly id: string;
  readonly domain: string;
  readonly addedAt: Date;
};

/** The mail domains that lead to the reader's organisation. */
export async function mailDomains(reader: Reader): Promise<string[]> {
  const rows = await reader.db
    .selectFrom('mail_domain')
    .select('domain')
    .where('organisation', '=', reader.organisation)
    .where('removed_at', 'is', null)
    .orderBy('domain')
    .execute();
  return rows.map(({ domain }) => domain);
}

/** Those of every organisation, for whoever operates the installation. */
export async function everyMailDomain(db: Db): Promise<MailDomain[]> {
  return db
    .selectFrom('mail_domain')
    .select(['organisation', 'id', 'domain', 'added_at as addedAt'])
    .where('removed_at', 'is', null)
    .orderBy('domain')
    .execute();
}

/** Lets a domain that leads nowhere lead to the organisation of the change, with its entry. */
export async function addMailDomain(write: Write, domain: string): Promise<void> {
  const [id, salt] = [newId(write.ctx.at.getTime()), newSalt()];
  await write.db
    .insertInto('mail_domain')
    .values({ organisation: write.organisation, id, domain, salt, added_at: write.ctx.at })
    .execute();
  write.log({ act: 'domain.added', domain: id, digest: domainContent(salt, domain) });
}

/** Lets one of the organisation of the change lead nowhere, with its entry. */
export async function removeMailDomain(write: Write, id: string): Promise<void> {
  const row = await write.db
    .updateTable('mail_domain')
    .set({ removed_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning(['salt', 'domain'])
    .executeTakeFirstOrThrow();
  const digest = row.salt && domainContent(row.salt, row.domain);
  write.log({ act: 'domain.removed', domain: id, ...(digest === null ? {} : { digest }) });
}
