import { gateOfStep } from '../gates/stages.ts';
import { isFree } from '../kinds/beginning.ts';
import type { Kind } from '../kinds/kind.ts';

/**
 * Whether a file may take a record from one state to another: by a step that asks for nothing. Steps that bind
 * somebody, with a guard or with needed parts, are taken by a person, never by a spreadsheet; nor does one take a
 * system through a gate (A.6.2.5).
 */
export function allowedMove(kind: Kind, from: string, to: string): boolean {
  return Object.entries(kind.lifecycle.transitions).some(
    ([name, step]) =>
      step.to === to &&
      step.from.includes(from) &&
      isFree(kind, name, step) &&
      !step.guard &&
      !(kind.name === 'system' && gateOfStep(name, from) !== null) &&
      !step.requires?.length,
  );
}
