import { createHash } from 'node:crypto';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { readingScope } from '@throughline/domain/permissions.ts';
import { compareStatements, type StatementComparison, saysTheSame } from '@throughline/domain/soa/compare.ts';
import type { PublishedStatement } from '@throughline/domain/soa/published.ts';
import { createInside } from '../../records/create-record.ts';
import { editInside } from '../../records/edit-record.ts';
import { ensureMay, lockFor } from '../../records/load.ts';
import { readPublished } from '../../records/published-shape.ts';
import type { Services } from '../../services.ts';
import { approvalsAt } from '../../store/approvals.ts';
import { addBlob, blobBytes } from '../../store/blobs.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames, recordsById } from '../../store/records.ts';
import { type PublishedVersion, publishedVersions, statementDocument } from '../../store/soa-versions.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import type { Write } from '../../store/write.ts';
import { withinReach } from './within-reach.ts';

/**
 * Keeps a statement as a version of the controlled document (7.5): the table as text to read, the same as data to
 * compare, each by its SHA-256 digest. The document is made with the first one; whether a version is in force is its
 * approval by another person, as of every document.
 * @throws {DomainError} `conflict` where the newest version says the same
 */
export async function publishStatement(
  services: Services,
  ctx: Context,
  published: PublishedStatement,
  text: string,
): Promise<StoredRecord> {
  const kind = services.registry.get('document');
  ensureMay(ctx.actor, kind, 'create');
  const name = `statement-of-applicability-${published.asOf.slice(0, 10)}`;
  return services.store.change(ctx, async (write) => {
    // Two who publish the first one at once would each make the document.
    await oneAtATime(write, 'statement');
    const known = await statementDocument(write);
    const before = known === null ? null : await lockFor(write, kind, known, 'edit');
    if (before) await ensureNews(write, before, published);
    const fields = {
      text: await keep(write, `${name}.md`, 'text/markdown', text),
      file: await keep(write, `${name}.json`, 'application/json', `${JSON.stringify(published, null, 1)}\n`),
    };
    if (before) return (await editInside(write, kind, before, { fields })).record;
    const made = {
      name: 'Statement of Applicability',
      type: 'statement-of-applicability',
      covers: ['MD-06'],
    };
    return createInside(write, kind, { patch: { fields: { ...made, ...fields } } });
  });
}

/** A version that says nothing new would be approved once more for nothing, and found in no comparison. */
async function ensureNews(
  write: Write,
  document: StoredRecord,
  statement: PublishedStatement,
): Promise<void> {
  const [newest] = await publishedVersions(write, document.id);
  if (!newest || newest.file !== document.content.fields.file) return;
  const bytes = await blobBytes(write, newest.file);
  const before = bytes ? readPublished(bytes.toString('utf8')) : null;
  if (before && saysTheSame(before, statement))
    throw new DomainError('conflict', `Nothing changed since version ${newest.version}: that one stands.`);
}

async function keep(write: Write, name: string, media: string, content: string): Promise<string> {
  const bytes = Buffer.from(content, 'utf8');
  const digest = createHash('sha256').update(bytes).digest();
  const id = newId(write.ctx.at.getTime());
  await addBlob(write, { id, name, media, size: bytes.length, digest, bytes });
  return id;
}

export type Versions = {
  readonly document: StoredRecord | null;
  readonly versions: readonly PublishedVersion[];
  readonly members: ReadonlyMap<string, string>;
};

/** The statements that were published, newest first. */
export async function readVersions(services: Services, asked: Asker): Promise<Versions> {
  ensureMay(asked.actor, services.registry.get('document'), 'read');
  return services.store.read(asked, async (reader) => {
    const id = await statementDocument(reader);
    const document = id === null ? undefined : (await recordsById(reader, [id])).get(id);
    const versions = document ? await publishedVersions(reader, document.id) : [];
    const people = versions.flatMap(({ by_type, by_id }) => (by_type === 'person' ? [by_id] : []));
    return { document: document ?? null, versions, members: await memberNames(reader, people) };
  });
}

/**
 * What differs between two published statements, or between one and what stands now.
 * @throws {DomainError} `not-found` for a version in which nothing was published; `conflict` for one that cannot be read
 */
export async function compareVersions(
  services: Services,
  asked: Asker,
  o: { readonly from: number; readonly to: number | PublishedStatement },
): Promise<{ before: PublishedStatement; after: PublishedStatement; compared: StatementComparison }> {
  ensureMay(asked.actor, services.registry.get('document'), 'read');
  return services.store.read(asked, async (reader) => {
    const before = await published(reader, asked, o.from);
    const after = typeof o.to === 'number' ? await published(reader, asked, o.to) : o.to;
    return { before, after, compared: compareStatements(before, after) };
  });
}

const published = async (reader: Reader, asked: Asker, version: number): Promise<PublishedStatement> =>
  shownTo(reader, asked, (await versionOf(reader, version)).found);

/** A version as the asker may read it: within a scope nothing outside it is named. */
async function shownTo(
  reader: Reader,
  { actor }: Asker,
  found: PublishedVersion,
): Promise<PublishedStatement> {
  const statement = await contentOf(reader, found);
  return readingScope(actor) ? withinReach(reader, statement) : statement;
}

async function versionOf(
  reader: Reader,
  version: number,
): Promise<{ readonly document: string; readonly found: PublishedVersion }> {
  const document = await statementDocument(reader);
  const versions = document === null ? [] : await publishedVersions(reader, document);
  const found = versions.find((one) => one.version === version);
  if (document === null || !found) throw notFound();
  return { document, found };
}

async function contentOf(reader: Reader, found: PublishedVersion): Promise<PublishedStatement> {
  const { version } = found;
  const bytes = await blobBytes(reader, found.file);
  const read = bytes ? readPublished(bytes.toString('utf8')) : null;
  if (read) return read;
  const why = bytes ? 'holds a file that was not published here' : 'was erased; its digest stays';
  throw new DomainError('conflict', `Version ${version} ${why}.`);
}

/** A version as it was published, with what makes it a controlled document: its approval and its digest (7.5). */
export type ReadVersion = {
  readonly statement: PublishedStatement;
  readonly timeZone: string;
  readonly about: {
    readonly version: number;
    readonly document: string;
    readonly inForce: boolean;
    readonly approved: { readonly by: string | null; readonly at: string } | null;
    readonly digest: string;
  };
};

/** One version that was published. Throws as `compareVersions`. */
export async function readVersion(services: Services, asked: Asker, version: number): Promise<ReadVersion> {
  ensureMay(asked.actor, services.registry.get('document'), 'read');
  return services.store.read(asked, async (reader) => {
    const { document, found } = await versionOf(reader, version);
    const statement = await shownTo(reader, asked, found);
    const record = (await recordsById(reader, [document])).get(document);
    if (!record) throw notFound();
    const acts = await approvalsAt(reader, document, null);
    const given = acts.findLast((act) => act.version === version && act.act === 'approve');
    const names = given ? await memberNames(reader, [given.by]) : new Map<string, string>();
    const { name, timeZone } = await organisationSettings(reader);
    return {
      // The first format did not keep whose statement it is; the organisation that keeps it is the one.
      statement: { ...statement, organisation: statement.organisation ?? name },
      timeZone,
      about: {
        version,
        document: `${services.registry.get('document').prefix}-${record.number}`,
        inForce: record.inForce === version,
        approved: given ? { by: names.get(given.by) ?? null, at: given.at } : null,
        digest: found.digest,
      },
    };
  });
}
