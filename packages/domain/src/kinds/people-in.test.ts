import { expect, test } from 'vitest';
import { f } from './fields.ts';
import { peopleIn } from './people-in.ts';

const [one, two, three] = [1, 2, 3].map((n) => `0190a000-0000-7000-8000-00000000000${n}`);
const kind = {
  fields: {
    owner: f.member({ label: 'Owner' }),
    name: f.line({ label: 'Name' }),
    team: f.rows({ who: f.member({ label: 'Who' }), part: f.line({ label: 'Part' }) }, { label: 'Team' }),
  },
};

test('people stand in fields and in cells of rows', () => {
  const fields = { owner: one ?? '', team: [{ who: two ?? '', part: 'asks' }, { who: three ?? '' }] };
  expect(peopleIn(kind, fields)).toEqual([one, two, three]);
});

test('an id in a line of text names nobody, and what is no id is left out', () => {
  expect(
    peopleIn(kind, { name: one ?? '', owner: 'Head of claims', team: [{ part: 'x' }, null, 7] }),
  ).toEqual([]);
  expect(peopleIn(kind, { team: 'nobody' })).toEqual([]);
  expect(peopleIn(kind, {})).toEqual([]);
});
