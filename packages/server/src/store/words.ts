import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';

const most = 20_000;

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
  return parts.join('\n').slice(0, most);
}
