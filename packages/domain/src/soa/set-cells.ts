import { registry } from '../kinds/all.ts';
import { stepBetween } from '../kinds/beginning.ts';
import type { Content } from '../kinds/kind.ts';
import { missingParts } from '../kinds/transition.ts';
import type { SoaRow } from './types.ts';

/** States that a cell of the matrix is set to; `ended` leaves it not in place. */
export const cellTargets = ['in-place', 'partly', 'planned', 'ended'] as const;
export type CellTarget = (typeof cellTargets)[number];

/** Fields of an implementation that are set with it, on every cell alike. */
export const cellFields = [
  'howItWorks',
  'owner',
  'inPlaceSince',
  'plannedOn',
  'movedBecause',
  'endedOn',
] as const;
export type CellFields = Partial<Readonly<Record<(typeof cellFields)[number], string>>>;

/** The system's own implementation that stands in a cell. */
export type OwnImplementation = {
  readonly ref: string;
  readonly state: string;
  readonly content: Content;
};

/** What setting a cell writes. */
export type CellStep =
  | { readonly does: 'make' }
  /** Fields first, then the step that leads to the state; without one it stands there already. */
  | { readonly does: 'change'; readonly step: string | null }
  | { readonly does: 'nothing' }
  | { readonly refused: string };

/**
 * What setting one cell to a state writes, or why it is not written (8.1): an implementation of the system's own is made,
 * or the one that stands there is changed. What the organisation does once is not set on a system, since that would say
 * that the system differs. Pure.
 */
export function cellStep(
  row: Pick<SoaRow, 'id' | 'control' | 'says' | 'placing'>,
  own: readonly OwnImplementation[],
  { state, fields }: { readonly state: CellTarget; readonly fields: CellFields },
): CellStep {
  const { id } = row;
  if (!row.control) return { refused: `Nobody adopted ${id} yet.` };
  if (row.says !== 'applicable') return { refused: `The statement does not make ${id} applicable.` };
  if (own.length > 1) {
    const refs = own.map(({ ref }) => ref).join(', ');
    return { refused: `${own.length} implementations stand here (${refs}): change the one that is meant.` };
  }
  const [one] = own;
  if (!one && state === 'ended') return { does: 'nothing' };
  if (!one && row.placing?.at === 'organisation')
    return {
      refused: `The organisation does ${id} once for all. Open the cell to say how this system differs.`,
    };
  return one ? changeOf(one, state, fields) : making(state, fields);
}

const kind = registry.get('implementation');

function making(state: CellTarget, fields: CellFields): CellStep {
  const step = state === 'planned' ? 'plan' : stepBetween(kind, kind.lifecycle.initial, state);
  return lacking(step, { fields, links: {} }) ?? { does: 'make' };
}

function changeOf(
  { state: now, content }: OwnImplementation,
  state: CellTarget,
  fields: CellFields,
): CellStep {
  const step = now === state ? null : (stepBetween(kind, now, state) ?? null);
  const changes = Object.entries(fields).some(([name, value]) => content.fields[name] !== value);
  if (now === state && !changes) return { does: 'nothing' };
  const next = { ...content, fields: { ...content.fields, ...fields } };
  return (step === null ? null : lacking(step, next)) ?? { does: 'change', step };
}

/** What the step to a state asks for and nobody said; a plan without a day is none. */
function lacking(step: string | undefined, content: Content): { readonly refused: string } | null {
  const transition = step === undefined ? undefined : kind.lifecycle.transitions[step];
  const missing = transition ? missingParts(kind, transition, content) : [];
  return missing.length === 0 ? null : { refused: `Needed: ${missing.join(', ')}.` };
}
