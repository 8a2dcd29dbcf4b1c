import type { ComparedPart } from '@throughline/domain/soa/compare.ts';
import type { PublishedRow } from '@throughline/domain/soa/published.ts';
import { formatDay } from '../../text/dates.ts';
import { w } from './words.ts';

type Label = (id: string) => string;

/** What one part of a published row says, in words; a dash where it says nothing. */
export const partWords = (
  row: PublishedRow,
  part: ComparedPart,
  labels: { reason: Label; conclusion: Label },
): string => {
  switch (part) {
    case 'decided':
      return w(`soa.decided.${row.decided}`);
    case 'reasons':
      return row.reasons.map(labels.reason).join(', ') || '–';
    case 'justification':
      return row.justification ?? '–';
    case 'sources':
      return (
        row.sources
          .map(({ reason, count, refs }) => {
            const more = count > refs.length ? ` ${w('soa.more', { n: count - refs.length })}` : '';
            return `${labels.reason(reason)}: ${refs.join(', ')}${more}`;
          })
          .join('; ') || '–'
      );
    case 'place': {
      if (row.place === null) return '–';
      const { at, state, inPlace, of } = row.place;
      const where =
        at === 'organisation' ? w('soa.place.organisation') : w('soa.place.systems', { n: inPlace, of });
      return `${w(`soa.place.${state}`)}, ${where}`;
    }
    case 'test':
      if (row.test === null) return w('soa.tests.none');
      return `${labels.conclusion(row.test.conclusion)}, ${row.test.ref}, ${formatDay(row.test.on)}`;
    case 'faults':
      return row.faults.join(' ') || '–';
  }
};
