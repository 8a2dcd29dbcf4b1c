import type { KindWire } from '@throughline/domain/wire.ts';
import { expect, test } from 'vitest';
import { excerptsOf, filesOf, proofOf } from './proof.ts';

const fields: KindWire['fields'] = {
  name: { type: 'line', label: 'Title', max: 200 },
  owner: { type: 'member', label: 'Owner' },
  purpose: { type: 'text', label: 'Purpose', max: 8000 },
  text: { type: 'file', label: 'Text', as: 'text' },
  limits: { type: 'text', label: 'Limits', max: 8000 },
  notes: { type: 'text', label: 'Notes', max: 8000 },
};
const id = '642170f5-8fc9-8011-8be9-51a9e74cab8b';

test('shows the newest evidence, else the first record, else nothing', () => {
  const record = (ref: string, kind: string) => ({ ref, kind });
  const records = [
    record('IMP-3', 'implementation'),
    record('EVD-9', 'evidence'),
    record('EVD-12', 'evidence'),
  ];
  expect(proofOf(records)?.ref).toBe('EVD-12');
  expect(proofOf(records.slice(0, 1))?.ref).toBe('IMP-3');
  expect(proofOf([])).toBeUndefined();
});

test('what is shown in words is words: never the id of a person or a file', () => {
  const values = {
    name: 'A title that is quite long by itself',
    owner: id,
    text: id,
    purpose: 'Sorts claims.',
    limits: 'Few.',
  };
  expect(excerptsOf({ fields }, values)).toEqual([
    { name: 'purpose', label: 'Purpose', text: 'Sorts claims.' },
    { name: 'limits', label: 'Limits', text: 'Few.' },
  ]);
  expect(filesOf({ fields }, values).map(({ name, id: of }) => [name, of])).toEqual([['text', id]]);
});

test('long texts are cut with a mark, and two are enough', () => {
  const values = { purpose: 'x'.repeat(900), limits: 'Few.', notes: 'Third.' };
  const [first, ...rest] = excerptsOf({ fields }, values);
  expect(first?.text).toBe(`${'x'.repeat(400)} …`);
  expect(rest.map(({ name }) => name)).toEqual(['limits']);
  expect(excerptsOf({ fields }, {})).toEqual([]);
  expect(filesOf({ fields }, { text: null })).toEqual([]);
});
