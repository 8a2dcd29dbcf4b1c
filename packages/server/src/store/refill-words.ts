import { createHash } from 'node:crypto';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { sql } from 'kysely';
import type { Db } from './connection.ts';
import { type FilledRow, refill } from './refill.ts';
import type { Store } from './store.ts';
import { searchText, wordsOf, wordsVector } from './words.ts';

/**
 * Makes the words of kinds anew where this release makes them otherwise than the one that wrote them: a query is read
 * by the new way alone and would not find old words. Answers the kinds that were filled.
 */
export function refillWords(store: Store): Promise<string[]> {
  return refill(store, { table: 'words_signature', signature: wordsSignature, keep: keepWords });
}

/** Text in which every step of reading words shows: case, accents, ligatures, signs, scripts, and a word beyond any length. */
const probe = `Über ﬁnal GPT-4.1 audit/review e-mail@x.org Ångström 模型 Ελλάδα İI ½ it's snake_case ${'long'.repeat(200)}`;

/** Another one where words come out otherwise: asked of the functions themselves, so that nobody has to remember it. */
export function wordsSignature(kind: Kind, read: (text: string) => string = searchText): string {
  const fields = Object.entries(kind.fields).map(([name, field]) => [
    name,
    field.type,
    'options' in field ? field.options.map((option) => [option.id, option.label]) : null,
  ]);
  const made = [read(probe), wordsVector('f'), wordsOf.toString(), kind.title, fields];
  return createHash('sha256').update(JSON.stringify(made)).digest('base64');
}

/** Only records that have words: those of an erased one are gone. A row whose words are right already is not written again. */
async function keepWords(
  db: Db,
  kind: Kind,
  organisation: string,
  rows: readonly FilledRow[],
): Promise<void> {
  const filled = rows.map(({ id, title, fields, links }) => ({
    id,
    head: searchText(title),
    words: wordsOf(kind, { fields, links }),
  }));
  await sql`update record_text t set words = f.vector
    from (select id, ${sql.raw(wordsVector('x'))} as vector
      from jsonb_to_recordset(${JSON.stringify(filled)}::jsonb) as x(id uuid, head text, words text)) f
    where t.organisation = ${organisation} and t.record = f.id and t.words is distinct from f.vector`.execute(
    db,
  );
}
