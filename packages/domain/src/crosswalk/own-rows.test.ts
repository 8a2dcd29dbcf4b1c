import { expect, test } from 'vitest';
import { type OwnRow, ownRowOf, suggestedBy } from './own-rows.ts';

const fields = {
  fromFramework: 'iso42001',
  fromItem: 'A.6.2.4',
  toFramework: 'nist-ai-rmf',
  toItem: 'MEASURE 2.3',
  relation: 'intersects',
  confidence: 'medium',
  basis: 'Both ask for results of tests before use.',
};
const row = (changes: object = {}): OwnRow => {
  const read = ownRowOf({ id: '1', fields: { ...fields, ...changes }, links: {} });
  if (!read) throw new RangeError('No row');
  return read;
};

test('a record is read as a row with its two sides, and one that lacks a part is none', () => {
  expect(row()).toEqual({
    id: '1',
    from: { framework: 'iso42001', item: 'A.6.2.4' },
    to: { framework: 'nist-ai-rmf', item: 'MEASURE 2.3' },
    ...{ relation: 'intersects', confidence: 'medium', basis: fields.basis, note: null },
  });
  for (const part of Object.keys(fields))
    expect([part, ownRowOf({ id: '1', fields: { ...fields, [part]: null }, links: {} })]).toEqual([
      part,
      null,
    ]);
  expect(ownRowOf({ id: '1', fields: { ...fields, toFramework: 'soc2' }, links: {} })).toBeNull();
  expect(ownRowOf({ id: '1', fields: { ...fields, relation: 'same' }, links: {} })).toBeNull();
});

test('evidence for a control on either side suggests the other side, and for another control nothing', () => {
  const own = row({ toFramework: 'own', toItem: 'X-1', relation: 'subset' });
  expect(suggestedBy([row()], [{ item: 'A.6.2.4', code: 'A.6.2.4' }])).toMatchObject([
    { from: { item: 'A.6.2.4' }, to: { item: 'MEASURE 2.3' } },
  ]);
  expect(suggestedBy([own], [{ item: null, code: 'X-1' }])).toMatchObject([
    {
      from: { framework: 'own', item: 'X-1' },
      to: { framework: 'iso42001', item: 'A.6.2.4' },
      relation: 'superset',
    },
  ]);
  expect(suggestedBy([row(), own], [{ item: 'A.2.2', code: 'A.2.2' }])).toEqual([]);
  // An item of another framework is no control, whatever it is called.
  expect(
    suggestedBy(
      [row({ fromFramework: 'iso27001', toFramework: 'eu-ai-act' })],
      [{ item: 'A.6.2.4', code: null }],
    ),
  ).toEqual([]);
});
