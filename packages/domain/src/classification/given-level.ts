import { stepKey } from '../grid.ts';
import type { Json } from '../json.ts';
import { linksOf, type Readable, textOf } from '../trace/read.ts';
import { tierTableOf } from './tier-table.ts';

/**
 * The levels of a scheme where a class from outside says none of them; `null` where it says one, is not by that scheme, or
 * the scheme names no levels. What a scheme does not have, nobody can sign off as a class of it.
 */
export function levelsMissed(
  content: Readable,
  scheme: { readonly id: string; readonly fields: Readonly<Record<string, Json>> },
): readonly string[] | null {
  const said = textOf(content, 'otherOutcome');
  if (said === null || textOf(content, 'scheme') !== 'other') return null;
  if (!linksOf(content, 'byScheme').includes(scheme.id)) return null;
  const levels = tierTableOf(scheme.fields).levels.map(({ level }) => level);
  const has = levels.some((level) => stepKey(level) === stepKey(said));
  return levels.length === 0 || has ? null : levels;
}
