import { expect, test } from 'vitest';
import { registry } from './all.ts';
import { archiveObstacle } from './archiving.ts';

test('a use in use is ended by its step, and archived after that', () => {
  const use = registry.get('use-case');
  expect(archiveObstacle(use, 'in-use')).toContain('End it by its step first');
  for (const state of ['proposed', 'in-preparation', 'suspended', 'rejected', 'retired'])
    expect(archiveObstacle(use, state)).toBeUndefined();
  expect(archiveObstacle(registry.get('model'), 'in-use')).toBeUndefined();
});

test('a system that runs is retired, and archived after that', () => {
  const system = registry.get('system');
  for (const [state, { live }] of Object.entries(system.lifecycle.states))
    expect([state, archiveObstacle(system, state) !== undefined]).toEqual([state, live === true]);
  expect(archiveObstacle(system, 're-evaluation')).toContain('Retire it first');
});
