import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';

const most = 20_000;
/** PostgreSQL refuses a lexeme of 2 KB; nobody types a word of a hundred letters. */
const longest = 100;

/** The text of a record that full-text search looks at: every field that holds words, the title first. */
export function wordsOf(kind: Kind, content: Content): string {
  const parts: string[] = [];
  for (const [name, field] of Object.entries(kind.fields)) {
    const value = content.fields[name];
    if (value === undefined || value === null) continue;
    if (field.type === 'line' || field.type === 'text' || field.type === 'url') parts.push(String(value));
    else if (field.type === 'list' && Array.isArray(value)) parts.push(...value.map(String));
    else if (field.type === 'rows') parts.push(JSON.stringify(value));
    else if (field.type === 'choice')
      parts.push(field.options.find((option) => option.id === value)?.label ?? '');
  }
  return searchText(parts.join('\n').slice(0, most));
}

/** SQL of the words of a row with `head` and `words`, as they are searched: the title's weigh more. */
export const wordsVector = (row: string) =>
  `setweight(to_tsvector('simple', ${row}.head), 'A') || setweight(to_tsvector('simple', ${row}.words), 'B')`;

/** Text as it is searched: its words alone, because PostgreSQL's parser keeps "GPT-4.1" or "audit/review" in one piece. */
export function searchText(text: string): string {
  return searchWords(text).join(' ');
}

/** The words of a text: letters and digits, without case and accents. Text and query are read alike, whatever the database's locale. */
export function searchWords(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => [...word].slice(0, longest).join(''));
}
