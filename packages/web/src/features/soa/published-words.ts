import type { ComparedPart } from '@throughline/domain/soa/compare.ts';
import type { PublishedRow, PublishedTest } from '@throughline/domain/soa/published.ts';
import { formatDay } from '../../text/dates.ts';
import { w } from './words.ts';

type Label = (id: string) => string;

/** What one part of a published row says, in words; a dash where it says nothing. */
export const partWords = (row: PublishedRow, part: ComparedPart, labels: Labels): string => {
  switch (part) {
    case 'id':
    case 'title':
      return row[part];
    case 'objective':
    case 'owner':
      return row[part] ?? '–';
    case 'decidedOn':
      return row.decidedOn === null ? '–' : formatDay(row.decidedOn);
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
      return row.test === null ? w('soa.tests.none') : testWords(row.test, labels);
    case 'tests':
      return testsWords(row, labels);
    case 'evidence':
      return evidenceWords(row.evidence);
    case 'faults':
      return row.faults.join(' ') || '–';
  }
};

type Labels = { reason: Label; conclusion: Label };

const testWords = ({ ref, on, conclusion, tester }: PublishedTest, labels: Labels): string =>
  [labels.conclusion(conclusion), ref, formatDay(on), ...(tester === null ? [] : [tester])].join(', ');

/** How many implementations the tests judged effective, and which tests those were. */
function testsWords({ tests }: PublishedRow, labels: Labels): string {
  if (tests === null) return '–';
  const { of, effective, count, first } = tests;
  const more = count > first.length ? ` ${w('soa.more', { n: count - first.length })}` : '';
  const named = first.map((test) => testWords(test, labels)).join('; ');
  return `${w('soa.tests.of', { n: effective, of })}${named === '' ? '' : `: ${named}`}${more}`;
}

function evidenceWords(evidence: PublishedRow['evidence']): string {
  if (evidence === null) return '–';
  const { count, to, stale, aside } = evidence;
  const parts = [
    `${w('soa.evidence.current', { n: count })}${to === null ? '' : ` ${w('soa.evidence.to')} ${formatDay(to)}`}`,
    ...(stale ? [w('soa.evidence.stale', { n: stale })] : []),
    ...(aside ? [w('soa.evidence.aside', { n: aside })] : []),
  ];
  return parts.join('; ');
}
