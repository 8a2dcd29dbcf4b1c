import { describe, expect, test } from 'vitest';
import { bound, excluding, pair, set, twin, twoAssessments, twoControls } from '../../test/trace/breaks.ts';
import { holdings } from '../../test/trace/holdings.ts';
import { record, station, text, trace, type World } from '../../test/trace/kit.ts';
import { misses } from '../../test/trace/misses/all.ts';
import { settled } from '../../test/trace/settled/all.ts';
import { changed, goodWorld, having, without } from '../../test/trace/world.ts';
import { sentences } from './sentences.ts';

const planned = (world: ReturnType<typeof goodWorld>) => {
  const later = {
    state: 'planned',
    fields: { firstPlannedOn: '2027-01-31' },
    links: { interimRisk: ['rsk-1'] },
  };
  const ids = world.own.filter(({ kind }) => kind === 'implementation').map(({ id }) => id);
  return ids.reduce(
    (made, id) => changed(id, later, made),
    set('rsk-1', { acceptanceType: 'interim' }, world),
  );
};

/** What a station says of itself in one line, in worlds that no rule's own table needs. */
const statements: readonly (readonly [station: string, what: string, world: () => World, says: string])[] = [
  [
    'scope',
    'the system is excluded',
    () => set('sys-1', { inScope: 'no' }, excluding()),
    'DOC-SCOPE excludes the system, with a reason.',
  ],
  ['scope', 'all is in order', goodWorld, 'DOC-SCOPE has the system in scope.'],
  ['policy', 'all is in order', goodWorld, 'DOC-POLICY, approved on 2026-04-01 by boss, is in force.'],
  ['ownership', 'all is in order', goodWorld, 'ann answers for the system and accepted the role.'],
  [
    'ownership',
    'nobody owns what is out of scope',
    () => bound('OB-26-2', set('sys-1', { owner: null, inScope: 'no' }, excluding())),
    'The duties of the system are held.',
  ],
  [
    'use-cases',
    'there are three uses',
    () => having([twin('uc-1', 'uc-2')], pair('uc-1')),
    'UC-1, UC-1-B and 1 more: described, approved and in review.',
  ],
  ['supply', 'all is in order', goodWorld, '1 model, 1 data set and 1 supplier: documented and agreed.'],
  [
    'supply',
    'there are two of each',
    () => pair('mdl-1', {}, pair('dat-1')),
    '2 models, 2 data sets and 1 supplier: documented and agreed.',
  ],
  ['classification', 'all is in order', goodWorld, '1 use case classified and signed off: CLA-1 and CLA-2.'],
  ['impact', 'one assessment is in force', goodWorld, 'IA-1 covers UC-1.'],
  [
    'impact',
    'two assessments are in force',
    () => twoAssessments({}),
    'IA-1 and IA-1-B cover UC-1 and UC-1-B.',
  ],
  ['risk', 'all is in order', goodWorld, '1 risk scored, 1 accepted: RSK-1.'],
  [
    'risk',
    'a second one asks for no acceptance',
    () => {
      const world = goodWorld();
      const first = world.own.find(({ id }) => id === 'rsk-1');
      const low = { currentOrganisation: 'low', currentIndividuals: 'low', currentLevel: 'low' };
      const fields = { ...first?.fields, ...low, residualLevel: null, rated: [], carriedEffects: [] };
      const { links = {} } = first ?? {};
      return having([record('risk', 'rsk-2', { owner: 'cid', state: 'assessed', fields, links })]);
    },
    '2 risks scored, 1 accepted and 1 within the threshold: RSK-1 and RSK-2.',
  ],
  ['controls', 'all is in order', goodWorld, '2 controls applicable and in place.'],
  [
    'controls',
    'one is planned under an accepted risk',
    () => planned(goodWorld()),
    'Accepted until 2027-01-31 by boss.',
  ],
  [
    'controls',
    'two are planned under accepted risks',
    () => planned(twoControls()),
    'Accepted until 2027-01-31 by boss.',
  ],
  ['release', 'all is in order', goodWorld, 'VER-1 passed the release gate: GAT-1.'],
  ['information', 'one notice is given', goodWorld, 'NOT-1 is in force and given.'],
  ['information', 'two notices are given', () => pair('not-1'), 'NOT-1 and NOT-1-B are in force and given.'],
  ['operation', 'all is in order', goodWorld, '1 monitor evaluated on time: MON-1.'],
  ['evidence', 'all is in order', goodWorld, '1 control with evidence in date and an effective test.'],
  ['assurance', 'all is in order', goodWorld, 'Looked at in WLK-1 on 2026-08-01.'],
  ['assurance', 'nobody had to look yet', () => without(['wlk-1']), 'Nothing waits to be looked at.'],
  ['correction', 'one case was closed', goodWorld, '1 nonconformity within limits: NCR-1.'],
  [
    'correction',
    'two cases were closed',
    () => pair('ncr-1'),
    '2 nonconformities within limits: NCR-1 and NCR-1-B.',
  ],
  [
    'correction',
    'an opportunity alone is seen to',
    () =>
      having(
        [
          record('finding', 'fin-1', {
            fields: { grade: 'opportunity', answerDue: '2999-01-01' },
            links: { system: ['sys-1'] },
          }),
        ],
        without(['ncr-1']),
      ),
    'SYS-1 has no nonconformity on record.',
  ],
  ['correction', 'nothing went wrong', () => without(['ncr-1']), 'SYS-1 has no nonconformity on record.'],
];

const tables = [...misses, ...settled, ...statements].map(([, , world]) => world);
const said = new Set([...tables, ...holdings.map(([, world]) => world)].flatMap((world) => saidIn(world())));
/** Said on no line today: every station judges a rule, and every acceptance of an interim risk has an end. */
const unsaid = ['judged-later', 'accepted-by'];
/** Said behind the sentence of a gap: waivers.test.ts. */
const saidBehind = ['waived', 'waiver-over', 'waiver-authority', 're1-exception'];

test('no sentence counts nothing, lists nothing or leaves a hole where a name belongs', () => {
  const bare = [...said].filter((sentence) =>
    /^\W|: ?\.|\s\s|\s[.,;:]|^0 [\w ]+:|undefined|null/.test(sentence),
  );
  expect(bare).toEqual([]);
});

test.each(statements)('%s where %s', (id, _, world, says) => {
  expect(text(station(world(), id).statement)).toBe(says);
});

/** Whatever the line of a world says: statements, gaps, and why rules are not judged. */
function saidIn(world: World): string[] {
  return trace(world).stations.flatMap(({ statement, gaps, unverifiable, notApplicable }) =>
    [
      statement,
      ...gaps.map(({ sentence }) => sentence),
      ...[...unverifiable, ...notApplicable].map(({ why }) => why),
    ].map(text),
  );
}

/** Words that follow the number of records: for one, and for several. */
const numbered: Readonly<Record<string, readonly [one: string, several: string]>> = {
  have: ['has', 'have'],
  are: ['is', 'are'],
  do: ['does', 'do'],
  were: ['was', 'were'],
  call: ['calls', 'call'],
  s: ['s', ''],
};

/** What a template reads like with one record in its slots, or with several. */
function pattern(template: string, number: 0 | 1): RegExp {
  const escaped = template.replaceAll(/[.?()]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/\{(\w+)\}/g, (_, slot) => numbered[slot]?.[number] ?? '.+')}$`);
}

const isNumbered = (template: string) => Object.keys(numbered).some((slot) => template.includes(`{${slot}}`));

describe('the tables of rules', () => {
  // What a gate asks is said at gates, not on the line: gates.test.ts.
  const asked = Object.entries(sentences).filter(
    ([id]) => ![...unsaid, ...saidBehind].includes(id) && !id.startsWith('gate-'),
  );

  test.each(asked)('say %s', (id, template) => {
    const forms = isNumbered(template) && id !== 'cr1-late-many' ? ([0, 1] as const) : ([1] as const);
    for (const number of forms) {
      const form = pattern(template, number);
      expect([form.source, [...said].some((sentence) => form.test(sentence))]).toEqual([form.source, true]);
    }
  });
});
