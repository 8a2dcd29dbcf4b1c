import type { Reader } from './reader.ts';

/** A version of the controlled document that carries a published statement. */
export type PublishedVersion = {
  readonly version: number;
  readonly at: Date;
  readonly by_type: string;
  readonly by_id: string;
  readonly file: string;
  /** SHA-256 of the file, in hex. */
  readonly digest: string;
  /** Bytes, or `null` where they were erased. */
  readonly size: number | null;
};

/** The controlled document of the statement: the first that is kept up for the whole organisation. */
export async function statementDocument(reader: Reader): Promise<string | null> {
  const rows = await reader.run<{ id: string }>({
    name: 'statement-document',
    text: `select r.id from record r
      where r.organisation = $1 and r.kind = 'document' and r.system is null and r.archived_at is null
        and r.state = 'kept-up' and r.fields->>'type' = 'statement-of-applicability'
      order by r.number limit 1`,
    values: [reader.organisation],
  });
  return rows[0]?.id ?? null;
}

/** Versions of a document in which another file was published, newest first. */
export async function publishedVersions(reader: Reader, document: string): Promise<PublishedVersion[]> {
  return reader.run<PublishedVersion>({
    name: 'published-versions',
    text: `select v.version, v.at, v.actor_type as by_type, v.actor_id as by_id, b.id as file,
        encode(b.digest, 'hex') as digest, case when b.bytes is null then null else b.size::int end as size
      from revision v join blob b on b.organisation = $1 and b.id::text = v.fields->>'file'
      where v.organisation = $1 and v.record = $2 and 'file' = any(v.changed || case when v.version = 1 then array['file'] else '{}' end)
        and b.media = 'application/json'
      order by v.version desc`,
    values: [reader.organisation, document],
  });
}

/** Which of some refs name a record that the reader may see. */
export async function refsInReach(
  reader: Reader,
  refs: readonly { readonly ref: string; readonly kind: string; readonly number: number }[],
): Promise<Set<string>> {
  const found = await reader.run<{ ref: string }>({
    name: 'refs-in-reach',
    text: `select w.ref from jsonb_to_recordset($2) as w(ref text, kind text, number int)
      join record r on r.organisation = $1 and r.kind = w.kind and r.number = w.number`,
    values: [reader.organisation, JSON.stringify(refs)],
  });
  return new Set(found.map(({ ref }) => ref));
}
