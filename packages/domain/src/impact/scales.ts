import { type ImpactScale, impactScaleOptions, impactScales } from '../kinds/vocabulary/impact.ts';
import { stepMeanings } from '../kinds/vocabulary/impact-steps.ts';
import { cellText, type Readable, type Row, rowsOf } from '../trace/read.ts';
import type { ImpactScaleWire } from '../wire-impact.ts';

const isScale = (id: string | null): id is ImpactScale => id !== null && id in impactScales;

/**
 * The scales of a method: each step in the organisation's words, steps that it leaves out left out. Without a method,
 * and for a scale of which it does not tell two steps apart, the words of the catalogue. Ids stay the shared ones, so that rules of the
 * line read every version alike. Weakest first, whatever the order of the rows. A step without a meaning of its own has
 * that of the catalogue, unless the method calls it otherwise: then only the method can say what it means.
 */
export function scalesOf(method: Readable | null): ImpactScaleWire[] {
  const rows = method ? rowsOf(method, 'scales') : [];
  return impactScaleOptions.map(({ id, label }) => {
    const described = new Map(
      rows.filter((row) => cellText(row, 'scale') === id).map((row) => [cellText(row, 'step'), row]),
    );
    const own = described.size > 1 ? described : new Map<string | null, Row>();
    const steps = (isScale(id) ? impactScales[id] : []).flatMap((step) => {
      const row = own.get(step.id);
      if (own.size > 0 && row === undefined) return [];
      return [
        {
          id: step.id,
          label: (row && cellText(row, 'label')) ?? step.label,
          meaning: meaningOf(row, id, step.id),
        },
      ];
    });
    return { id, label, own: own.size > 0, steps };
  });
}

function meaningOf(row: Row | undefined, scale: string, step: string): string | null {
  const own = row ? cellText(row, 'meaning') : null;
  if (own !== null || (row && cellText(row, 'label') !== null)) return own;
  return isScale(scale) ? (stepMeanings[scale][step] ?? null) : null;
}

/**
 * Why a method is not one to assess by yet: two people who read one step otherwise come to two results (A.5.2). Names the
 * first step that is called by a word of its own and means nothing.
 */
export function scaleLack(method: Readable): string | undefined {
  if (rowsOf(method, 'scales').length === 0) return undefined;
  for (const { label, steps } of scalesOf(method)) {
    const bare = steps.find(({ meaning }) => meaning === null);
    if (bare) return `The step “${bare.label}” of ${label} says nowhere what it means.`;
  }
  return undefined;
}

/** What keeps rows from being scales: a step of another scale, or a step twice. */
export function scaleFault(value: unknown): string | undefined {
  const rows = rowsOf({ fields: { scales: asRows(value) }, links: {} }, 'scales');
  const seen = new Map<ImpactScale, string[]>();
  for (const [position, row] of rows.entries()) {
    const [scale, step] = [cellText(row, 'scale'), cellText(row, 'step')];
    if (!isScale(scale) || step === null) return `Row ${position + 1} needs a scale and a step.`;
    const known = impactScales[scale].find(({ id }) => id === step);
    const label = impactScaleOptions.find(({ id }) => id === scale)?.label ?? scale;
    if (!known) return `${label} has no step "${step}".`;
    const steps = seen.get(scale) ?? [];
    if (steps.includes(step)) return `${label} has the step "${known.label}" twice.`;
    seen.set(scale, [...steps, step]);
  }
  return undefined;
}

const asRows = (value: unknown) => (Array.isArray(value) ? value : []);
