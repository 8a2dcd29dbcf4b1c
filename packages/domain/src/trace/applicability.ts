import type { Approved } from './approved.ts';
import type { TraceRecord } from './inputs.ts';
import type { OrganisationFacts } from './organisation-facts.ts';
import { textOf } from './read.ts';

/** How the Statement of Applicability decides about a control: only an approved line decides (6.1.3). */
export type SoaDecision = 'applicable' | 'excluded' | 'unapproved' | 'none';

/** The line of a control with what stands approved of it; a withdrawn line is none. */
export type LineDecision = {
  readonly line: TraceRecord | null;
  readonly content: Approved | null;
  readonly decided: SoaDecision;
};

const none: LineDecision = { line: null, content: null, decided: 'none' };

/** What the statement says of a control's record; of a control that nobody adopted it says nothing. */
export function decisionOn(
  organisation: OrganisationFacts,
  control: { readonly id: string } | null,
): LineDecision {
  const line = control ? organisation.applicability.get(control.id) : undefined;
  if (!line || line.state === 'withdrawn') return none;
  const content = organisation.approved(line);
  if (!content) return { line, content, decided: 'unapproved' };
  const decided = textOf(content, 'decision') === 'excluded' ? 'excluded' : 'applicable';
  return { line, content, decided };
}
