import type { Json } from '../json.ts';
import { type Example, tierFindings } from './tier-findings.ts';
import { tierTableOf } from './tier-table.ts';

/**
 * Why a scheme cannot come into force yet, in words; nothing when it can. A table that leaves answers without a level, or
 * with two of them, would class some uses by nobody's decision.
 */
export function schemeLack(fields: Readonly<Record<string, Json>>): string | undefined {
  if (fields.method !== 'table') return undefined;
  const table = tierTableOf(fields);
  if (table.rows.length === 0) return 'Its table has no rows yet, so no use would get a level.';
  const { holes, overlaps } = tierFindings(table);
  const [hole] = holes.examples;
  if (holes.count > 0)
    return `${holes.count} ${holes.count === 1 ? 'combination' : 'combinations'} of answers would get no level${hole ? `, such as ${inWords(hole)}` : ''}. A last row without conditions fits them all.`;
  const open = overlaps.find(({ decides }) => decides === null);
  return open
    ? `Rows ${open.rows.join(' and ')} both fit ${inWords(open.example)}, and none of them decides.`
    : undefined;
}

const inWords = (example: Example): string =>
  example.map(({ fact, values }) => `${fact}: ${values.join(' or ')}`).join('; ');
