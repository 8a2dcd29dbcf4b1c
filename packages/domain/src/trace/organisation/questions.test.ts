/** Each way in which a question to the organisation is a gap, with what is said and what closes it. */
import { expect, test } from 'vitest';
import { catalogue, now, organisationInputs, type World } from '../../../test/trace/kit.ts';
import { planningMisses } from '../../../test/trace/misses/clauses-4-to-6.ts';
import { runningMisses } from '../../../test/trace/misses/clauses-7-to-10.ts';
import { controls } from '../../../test/trace/misses/organisation-controls.ts';
import { outcomes } from '../../../test/trace/outcome.ts';
import { goodWorld } from '../../../test/trace/world.ts';
import { organisationFacts } from '../organisation-facts.ts';
import type { SystemsSummary } from './context.ts';
import { organisationLine } from './line.ts';

const nothing: SystemsSummary = { systems: 1, live: 1, gaps: new Map(), records: new Map() };

function answer(id: string, world: World, systems: SystemsSummary | null = nothing) {
  const facts = organisationFacts(organisationInputs(world), catalogue, now);
  const found = organisationLine(facts, catalogue, now, systems).questions.find((one) => one.id === id);
  if (!found) throw new RangeError(id);
  return found;
}

for (const [id, what, world, ...gaps] of [...planningMisses, ...runningMisses, ...controls]) {
  test(`${id} is a gap where ${what}`, () => {
    const found = answer(id, world());
    expect(found.verdict).toBe('gap');
    expect(outcomes(found.gaps)).toEqual(gaps);
  });
}

/** Gaps that the kept lines of systems add up to, by rule: how many systems, named or not. */
const kept = (gaps: Record<string, number>): SystemsSummary => ({
  ...nothing,
  gaps: new Map(
    Object.entries(gaps).map(([rule, count]) => [
      rule,
      { systems: ['sys-1', 'sys-2'].slice(0, count), count, since: '2026-03-01' },
    ]),
  ),
  records: new Map(['treatment', 'impact-assessment', 'supplier', 'responsibility'].map((kind) => [kind, 1])),
});

test.each([
  ['8.1', 'CO3', 1],
  ['8.1', 'EV1', 2],
  ['8.1', 'EV4', 40],
  ['8.2', 'RI1', 40],
  ['8.2', 'RI3', 1],
  ['8.3', 'RI4', 1],
  ['8.3', 'RI5', 2],
  ['8.3', 'EV5', 40],
  ['8.4', 'IM1', 1],
  ['8.4', 'IM3', 2],
  ['10.2', 'CR1', 1],
  ['10.2', 'CR2', 2],
  ['10.2', 'CR3', 40],
  ['10.2', 'CR4', 1],
  ['6.1.3', 'RI4', 1],
  ['6.1.3', 'RI5', 2],
  ['6.1.4', 'RI2', 1],
  ['7.2', 'OW4', 2],
  ['A.9.2', 'UC2', 40],
  ['A.10.2', 'SU2', 1],
  ['A.10.3', 'SU1', 2],
  ['A.10.3', 'SU6', 1],
] as const)('%s counts the systems with a gap at %s, and leads to the first of %i', (id, rule, count) => {
  const station = catalogue.stations.stations.find(({ rules }) => rules.some(({ id: of }) => of === rule));
  const [order, name] = [station?.order, station?.name.toLowerCase()];
  const counted = `${count === 1 ? '1 system has' : `${count} systems have`} a gap at station ${order} ${name} (rule ${rule}).`;
  const said = (systems: SystemsSummary) => outcomes(answer(id, method(), systems).gaps);
  expect(said(kept({ [rule]: count }))).toContainEqual([
    counted,
    '2026-03-01',
    `Open the first → open sys-1 at ${rule}`,
  ]);
  expect(said(kept({ [rule]: 0 })).map(([says]) => says)).not.toContain(counted);
});

/** The good world with a method of impact assessment, without which 6.1.4 asks no further. */
function method(): World {
  const world = goodWorld();
  const policy = world.records.filter(({ id }) => id === 'doc-policy');
  const asks = policy.map((item) => ({
    ...item,
    id: 'doc-5',
    ref: 'DOC-5',
    fields: { type: 'method', covers: ['MD-05'] },
  }));
  return { ...world, records: [...world.records, ...asks] };
}

test.each(['8.1', '8.2', '8.3', '8.4', '10.2', 'A.5.2', 'A.9.2', 'A.10.2', 'A.10.3'])(
  '%s says nothing of systems before their lines are computed',
  (id) => {
    const found = answer(id, method(), null);
    expect(found.verdict).not.toBe('holds');
    for (const [says] of outcomes(found.gaps)) expect(says).not.toContain('at rule');
  },
);
