import { expect, test } from 'vitest';
import { catalogue, now, organisationInputs, record, text } from '../../../test/trace/kit.ts';
import { havingShared } from '../../../test/trace/world.ts';
import type { TraceRecord } from '../inputs.ts';
import { organisationFacts } from '../organisation-facts.ts';
import { organisationLine } from './line.ts';

const said = (...records: TraceRecord[]) => {
  const facts = organisationFacts(organisationInputs(havingShared(records)), catalogue, now);
  const found = organisationLine(facts, catalogue, now, null).questions.find(({ id }) => id === '4.2');
  return found?.gaps.map(({ sentence }) => text(sentence));
};
const law = (changes: Partial<TraceRecord> = {}, fields: TraceRecord['fields'] = {}) =>
  record('obligation', 'obl-1', {
    ...{ state: 'taken-on', owner: 'ann', fields: { source: 'law', appliesFrom: '2026-08-02', ...fields } },
    ...changes,
  });
const house = (state: string) =>
  record('obligation', 'obl-2', { state, owner: 'ann', fields: { source: 'house' } });

test.each<[string, TraceRecord[]]>([
  ['a record meets it', [law({ links: { metBy: ['doc-1'] } })]],
  ['it calls for a control', [law({ links: { controls: ['ctl-1'] } })]],
  ['a sentence says how', [law({}, { howMet: 'Each use is told to the works council before it begins.' })]],
  ['it is still to come', [law({}, { appliesFrom: '2099-01-01' })]],
  ['the systems that it names are asked for it', [law({ owner: null, links: { concerns: ['sys-1'] } })]],
  [
    'it is seen to with another, whose owner answers for both',
    [
      law({ owner: null, links: { refersTo: ['obl-2'] } }, { howMet: 'As the rule of the house says it.' }),
      house('taken-on'),
    ],
  ],
  ['it is no law', [house('taken-on')]],
])('nothing is asked of a requirement of the organisation where %s', (_, records) => {
  expect(said(...records)).toEqual([]);
});

test.each([
  [law({ owner: 'gone' }), 'Nobody active sees to OBL-1, and law binds the organisation.'],
  [law(), 'Nothing on record says how OBL-1 is met, which is in force.'],
])('and it is asked for otherwise', (record, sentence) => {
  expect(said(record)).toEqual([sentence]);
});

test('a requirement that was declined or ended sees to nothing', () => {
  const first = law({ owner: null, links: { refersTo: ['obl-2'] } });
  for (const state of ['declined', 'ended'])
    expect(said(first, house(state))?.[0]).toBe(
      'Nobody active sees to OBL-1, and law binds the organisation.',
    );
});
