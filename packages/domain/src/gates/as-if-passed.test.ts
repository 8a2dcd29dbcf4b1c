import { expect, test } from 'vitest';
import { before, noUse, set } from '../../test/trace/breaks.ts';
import { catalogue, now, organisationInputs, systemInputs, text, type World } from '../../test/trace/kit.ts';
import { misses } from '../../test/trace/misses/all.ts';
import { changed, goodWorld, without } from '../../test/trace/world.ts';
import { organisationFacts } from '../trace/organisation-facts.ts';
import { deriveCriteria } from './derive.ts';
import { gateTypes } from './stages.ts';

/** What a gate of any type says of a world, each criterion as text. */
const said = (world: World): string[] =>
  gateTypes.flatMap((type) => {
    const organisation = organisationFacts(organisationInputs(world), catalogue, now);
    const asked = { type, record: null, version: 'ver-1', useCases: [] };
    return deriveCriteria({ organisation, inputs: systemInputs(world), catalogue }, asked).flatMap(
      ({ says }) => says.map(text),
    );
  });

test('a system that runs is said to run, with the day', () => {
  expect(said(noUse())).toContain('SYS-1 has no use case on record. It is live since 2026-02-01.');
  expect(said(set('ia-1', { continuation: 'must-not' }))).toContain(
    'IA-1 concludes that UC-1 must not go on, and SYS-1 is live.',
  );
});

test('of one that never ran no gate says that it is live, though it is judged as if it were', () => {
  const built = (world: World): World => before('deployment', { ...goodWorld(), ...world });
  const all = said(built(noUse()));
  expect(all).toContain('SYS-1 has no use case on record.');
  for (const [world, words] of [
    [without(['ia-1']), 'UC-1 has no impact assessment.'],
    [set('cla-1', { outcomes: ['prohibited'] }), 'CLA-1 has a prohibited practice as outcome.'],
    [set('ia-1', { continuation: 'must-not' }), 'IA-1 concludes that UC-1 must not go on.'],
    [set('vfy-1', { verdict: 'not-passed' }), 'VFY-1 was found not to pass.'],
    [
      changed('not-1', { links: { version: ['ver-0'] } }),
      'NOT-1 does not name the version that the gate is about.',
    ],
  ] as const)
    expect(said(built(world))).toContain(words);
  for (const [, , world] of misses)
    for (const words of said(built(world())))
      expect(words).not.toMatch(/\b(is|are) live\b|live since|all the same/);
});
