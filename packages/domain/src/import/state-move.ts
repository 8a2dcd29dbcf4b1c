import type { Kind } from '../kinds/kind.ts';

/**
 * Whether a file may take a record from one state to another: by a step that asks for nothing. Steps with an approval,
 * a guard or needed parts are taken by a person, never by a spreadsheet.
 */
export function allowedMove(kind: Kind, from: string, to: string): boolean {
  return Object.values(kind.lifecycle.transitions).some(
    (step) =>
      step.to === to &&
      step.from.includes(from) &&
      !step.approved &&
      !step.guard &&
      !step.notBy?.length &&
      !step.requires?.length,
  );
}
