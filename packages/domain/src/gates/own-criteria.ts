/** The organisation's own criteria of gates, as a document holds them: what they lack before they bind, and whom they bind. */
import { type Content, type Lack, lackIn } from '../kinds/kind.ts';
import { isWorded } from '../text.ts';
import { cellText, linksOf, listOf, type Readable, rowsOf, textOf } from '../trace/read.ts';

/** Whether nothing is said of whom the criteria bind: then they bind every system, for nobody was left out. */
export const bindsAll = (content: Readable): boolean =>
  textOf(content, 'reach') === null && linksOf(content, 'coversSystems').length === 0;

/** Why criteria of gates are not approved: rows that ask nothing or at no gate, by number, and a reach that names nobody. */
export function ownCriteriaLack(content: Content): Lack | undefined {
  if (content.fields.type !== 'gate-criteria') return undefined;
  const rows = rowsOf(content, 'gateCriteria');
  const blank = rows.flatMap((row, at) => {
    const lacking = [
      ...(cellText(row, 'gate') === null ? ['its gate'] : []),
      ...(isWorded(cellText(row, 'criterion') ?? '') ? [] : ['its criterion']),
    ];
    return lacking.length === 0 ? [] : [`Row ${at + 1} does not say ${lacking.join(' and ')}.`];
  });
  const said = rows.length === 0 ? ['There is no criterion yet.'] : blank;
  return (
    lackIn(['gateCriteria'], said.length === 0 ? undefined : said.join(' ')) ??
    lackIn(['reach'], unreached(content))
  );
}

function unreached(content: Content): string | undefined {
  if (bindsAll(content))
    return 'Say whom the criteria bind: the whole organisation, units, or systems by name.';
  const reach = textOf(content, 'reach');
  if (reach === 'units' && listOf(content, 'units').length === 0)
    return 'The criteria bind units, and none is named.';
  return reach === 'systems' && linksOf(content, 'coversSystems').length === 0
    ? 'The criteria bind systems by name, and none is named.'
    : undefined;
}
