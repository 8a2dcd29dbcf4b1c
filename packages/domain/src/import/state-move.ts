import { gateOfStep } from '../gates/stages.ts';
import { isFree, takenHow, unmetBy } from '../kinds/beginning.ts';
import type { Content, Kind, Transition } from '../kinds/kind.ts';
import { gateTypeOptions } from '../kinds/vocabulary/gates.ts';

/**
 * Why a file does not take a record that stands here from one state to another, in words; nothing where it does: by one
 * step that binds nobody, with what it needs said. A step that somebody answers for is taken by a person, never by a
 * spreadsheet; nor does one take a system through a gate (A.6.2.5).
 * @param content what the record says once the file is applied
 * @param today the organisation's day
 */
export function moveObstacle(
  kind: Kind,
  from: string,
  to: string,
  content: Content,
  today: string,
): string | undefined {
  const label = (state: string) => kind.lifecycle.states[state]?.label ?? state;
  const steps = Object.entries(kind.lifecycle.transitions).filter(
    ([, step]) => step.to === to && step.from.includes(from),
  );
  if (steps.length === 0) return `no step leads from “${label(from)}” to “${label(to)}”.`;
  const asked = steps.map(([name, step]) => ({
    step,
    lacks: lackOf(kind, name, step, from, content, today),
  }));
  const [first] = asked;
  if (!first || asked.some(({ lacks }) => lacks === undefined)) return undefined;
  return `“${label(to)}” is reached by “${first.step.label}”${first.lacks}`;
}

function lackOf(
  kind: Kind,
  name: string,
  step: Transition,
  from: string,
  content: Content,
  today: string,
): string | undefined {
  const gate = kind.name === 'system' ? gateOfStep(name, from) : null;
  if (gate !== null) {
    const title = gateTypeOptions.find(({ id }) => id === gate)?.label ?? gate;
    return `, which needs the gate “${title}” and is taken on the record itself.`;
  }
  if (!isFree(kind, name, step)) return `, ${takenHow(kind, step)}.`;
  const unmet = unmetBy(kind, step, content, today);
  return unmet === undefined ? undefined : `: ${unmet}`;
}
