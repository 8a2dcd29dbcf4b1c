import { createHash } from 'node:crypto';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { readingScope } from '@throughline/domain/permissions.ts';
import { compareStatements, type StatementComparison } from '@throughline/domain/soa/compare.ts';
import type { PublishedStatement } from '@throughline/domain/soa/published.ts';
import { createInside } from '../../records/create-record.ts';
import { editInside } from '../../records/edit-record.ts';
import { ensureMay, lockFor } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { addBlob, blobBytes } from '../../store/blobs.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames, recordsById } from '../../store/records.ts';
import { type PublishedVersion, publishedVersions, statementDocument } from '../../store/soa-versions.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import type { Write } from '../../store/write.ts';
import { readPublished } from './published-shape.ts';
import { withinReach } from './within-reach.ts';

/**
 * Keeps a statement as a version of the controlled document (7.5): the table as text to read, the same as data to
 * compare, each by its SHA-256 digest. The document is made with the first one; whether a version is in force is its
 * approval by another person, as of every document.
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
    const fields = {
      text: await keep(write, `${name}.md`, 'text/markdown', text),
      file: await keep(write, `${name}.json`, 'application/json', `${JSON.stringify(published, null, 1)}\n`),
    };
    const known = await statementDocument(write);
    if (known !== null) {
      const before = await lockFor(write, kind, known, 'edit');
      return (await editInside(write, kind, before, { fields })).record;
    }
    const made = {
      name: 'Statement of Applicability',
      type: 'statement-of-applicability',
      covers: ['MD-06'],
    };
    return createInside(write, kind, { patch: { fields: { ...made, ...fields } } });
  });
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
    const shown = async (version: number) => {
      const statement = await published(reader, version);
      return readingScope(asked.actor) ? withinReach(reader, statement) : statement;
    };
    const before = await shown(o.from);
    const after = typeof o.to === 'number' ? await shown(o.to) : o.to;
    return { before, after, compared: compareStatements(before, after) };
  });
}

async function published(reader: Reader, version: number): Promise<PublishedStatement> {
  const document = await statementDocument(reader);
  const versions = document === null ? [] : await publishedVersions(reader, document);
  const found = versions.find((one) => one.version === version);
  if (!found) throw notFound();
  const bytes = await blobBytes(reader, found.file);
  const read = bytes ? readPublished(bytes.toString('utf8')) : null;
  if (read) return read;
  const why = bytes ? 'holds a file that was not published here' : 'was erased; its digest stays';
  throw new DomainError('conflict', `Version ${version} ${why}.`);
}
