import { firstDay, lastDay } from '@throughline/domain/day.ts';
import type { ErrorItem } from '@throughline/domain/errors.ts';
import type { Content } from '@throughline/domain/kinds/kind.ts';
import { dayOf, linksOf, textOf } from '@throughline/domain/trace/read.ts';
import { implementationsJudged } from '../store/implementations-judged.ts';
import type { Reader } from '../store/reader.ts';

/**
 * What is wrong with the day of a test by when what it judges came into place: before that, nothing of it was there to be
 * tested (9.1). A test of the design alone may come first. Of a control whose implementations it does not name, one that
 * was there is enough.
 */
export async function testedBefore(
  reader: Reader,
  record: { readonly system: string | null; readonly content: Content },
): Promise<ErrorItem[]> {
  const { content, system } = record;
  const on = dayOf(content, 'testedOn');
  if (on === null || textOf(content, 'subject') === 'design') return [];
  const named = linksOf(content, 'implementation');
  const controls = linksOf(content, 'control');
  const all = await implementationsJudged(reader, { named, controls, system });
  const late = all.filter(({ since }) => since !== null && firstDay(since) > lastDay(on));
  const [first] = late;
  if (!first || (named.length === 0 && late.length < all.length)) return [];
  const { prefix } = reader.registry.get('implementation');
  const message = `${prefix}-${first.number} is in place since ${first.since}, so it was not tested on ${on}. A test of the design alone may come first: say that as what is tested.`;
  return [{ at: 'fields.testedOn', message }];
}
