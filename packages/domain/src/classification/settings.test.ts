import { expect, test } from 'vitest';
import { readClassificationSettings, usualClassification } from './settings.ts';

const law = {
  ...{ version: '2027-01-10.1', file: 'f1' },
  ...{ by: 'm1', confirmedBy: 'm2', at: '2027-01-11T09:00:00.000Z' },
};

test('an adopted rule set is read as it was kept', () => {
  expect(readClassificationSettings({ law })).toEqual({ law });
  const alone = { ...law, confirmedBy: null };
  expect(readClassificationSettings({ law: alone })).toEqual({ law: alone });
  // Rules that were adopted before it took two name nobody who confirmed them.
  const { confirmedBy: _, ...older } = law;
  expect(readClassificationSettings({ law: older })).toEqual({ law: alone });
});

test.each([undefined, null, 7, {}, { law: null }, { law: 'x' }, { law: { ...law, file: 3 } }, { law: {} }])(
  'what cannot be meant counts as not adopted: %j',
  (value) => {
    expect(readClassificationSettings(value)).toEqual(usualClassification);
  },
);
