import { describe, expect, test } from 'vitest';
import { registry } from './all.ts';
import { isWeighty, stepWeights } from './weighty-steps.ts';

describe.each(registry.kinds.map((kind) => [kind.name, kind] as const))('steps of %s', (name, kind) => {
  const transitions = Object.entries(kind.lifecycle.transitions);

  test('each weighs or does not, and is said once', () => {
    const { weighty, light } = stepWeights[name] ?? { weighty: [], light: [] };
    expect([...weighty, ...light].sort()).toEqual(transitions.map(([step]) => step).sort());
  });

  test('what needs an approval, a right or a hand of its own asks for a proof', () => {
    const bound = transitions.filter(
      ([, step]) => step.approved || step.decides || step.takenBy || step.notBy,
    );
    for (const [step] of bound) expect([step, isWeighty(kind, step)]).toEqual([step, true]);
  });

  test('what only opens again asks for none: whoever doubts is not held up', () => {
    const opens = transitions.filter(([step]) => ['reopen', 'resume', 'askAgain'].includes(step));
    // What was found is opened by a second hand, whose word that is.
    for (const [step, { notBy }] of opens) expect(isWeighty(kind, step)).toBe(notBy !== undefined);
  });
});

test('the table speaks of no kind that there is not', () => {
  for (const name of Object.keys(stepWeights)) expect(registry.find(name)?.name).toBe(name);
});

test('a step that nobody weighed asks for a proof', () => {
  expect(isWeighty(registry.get('task'), 'declareDone')).toBe(true);
});
