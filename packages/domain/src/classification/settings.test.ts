import { expect, test } from 'vitest';
import { readClassificationSettings, usualClassification } from './settings.ts';

const law = { version: '2027-01-10.1', file: 'f1', by: 'm1', at: '2027-01-11T09:00:00.000Z' };

test('an adopted rule set is read as it was kept', () => {
  expect(readClassificationSettings({ law })).toEqual({ law });
});

test.each([undefined, null, 7, {}, { law: null }, { law: 'x' }, { law: { ...law, file: 3 } }, { law: {} }])(
  'what cannot be meant counts as not adopted: %j',
  (value) => {
    expect(readClassificationSettings(value)).toEqual(usualClassification);
  },
);
