import { dayText } from '@throughline/domain/day-text.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { PublishedEvidence, PublishedRow, PublishedSeveral } from '@throughline/domain/soa/published.ts';
import type { PlaceState } from '@throughline/domain/soa/types.ts';

export const placeWords: Readonly<Record<PlaceState, string>> = {
  'in-place': 'In place',
  partly: 'Partly in place',
  planned: 'Planned',
  missing: 'Not in place',
  'no-systems': 'No running system',
};

/** Whether a control applies. A line that nobody approved decides nothing. */
export function applicableWords({ decided }: Pick<PublishedRow, 'decided'>): string {
  if (decided === 'applicable') return 'Yes';
  return decided === 'excluded' ? 'No' : 'Not decided';
}

/** `TRT-1, TRT-2 and 4 more`. */
export function severalWords(several: PublishedSeveral | null): string {
  if (several === null || several.count === 0) return '';
  const more = several.count - several.refs.length;
  // A reader within a scope may be shown how many there are and not which.
  if (several.refs.length === 0) return String(several.count);
  return `${several.refs.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** `A treatment calls for it: TRT-1, TRT-2 and 4 more`, one reason after the other. */
export function sourceWords({ sources }: Pick<PublishedRow, 'sources'>): string {
  return sources
    .map((source) => {
      const words = optionWords('applicability', 'reasons', [source.reason])[0] ?? source.reason;
      return `${words}: ${severalWords(source)}`;
    })
    .join('; ');
}

/** `EVD-9 and 4 more, to 2026-09-30; 2 out of date; 1 proves nothing`. */
export function evidenceWords(evidence: PublishedEvidence | null): string {
  if (evidence === null) return '';
  const { count, stale, aside, to } = evidence;
  const current = count === 0 ? '' : `${severalWords(evidence)}${to === null ? '' : `, to ${dayText(to)}`}`;
  const apart = [
    ...(stale ? [`${stale} out of date`] : []),
    ...(aside ? [`${aside} ${aside === 1 ? 'proves' : 'prove'} nothing`] : []),
  ];
  return [current, ...apart].filter((part) => part !== '').join('; ');
}

/** `Effective, TST-1, 1 Oct 2026, by Head of testing`, one test after the other. */
export function testsWords({ tests, test }: Pick<PublishedRow, 'tests' | 'test'>): string {
  const first = tests?.first ?? (test ? [test] : []);
  const more = (tests?.count ?? first.length) - first.length;
  const said = first.map(({ ref, on, conclusion, tester }) => {
    const words = optionWords('control-test', 'conclusion', [conclusion])[0] ?? conclusion;
    return `${words}, ${ref}, ${dayText(on)}${tester === null ? '' : `, by ${tester}`}`;
  });
  return [...said, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** Labels of a choice, as its kind declares them. */
export function optionWords(kind: string, field: string, ids: readonly string[]): string[] {
  const declared = registry.get(kind).fields[field];
  const options = declared?.type === 'choice' || declared?.type === 'choices' ? declared.options : [];
  return ids.map((id) => options.find((option) => option.id === id)?.label ?? id);
}
