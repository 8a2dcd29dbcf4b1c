import type { Kind } from '@throughline/domain/kinds/kind.ts';

/** As many parts as one line carries. */
const named = 3;

/** Parts of a record by their labels: "Purpose, Unit and 2 more". */
export function partsWords(kind: Kind, parts: readonly string[]): string {
  const labels = parts.map((part) => kind.fields[part]?.label ?? kind.relations[part]?.label ?? part);
  return labels.length > named
    ? `${labels.slice(0, named).join(', ')} and ${labels.length - named} more`
    : labels.join(', ');
}
