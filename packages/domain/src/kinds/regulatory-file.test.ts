import { expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { registry } from './all.ts';
import { approvalLack } from './approval-lack.ts';
import { around } from './testing.ts';

const kind = registry.get('regulatory-file');
const content = (fields: Readonly<Record<string, Json>>) => ({
  fields: { provision: 'Art. 47', doneOn: '2026-04-01', ...fields },
  links: {},
});
const lack = (fields: Readonly<Record<string, Json>>) =>
  approvalLack(kind, 'in-preparation', content(fields), around, around.today)?.says;

test('what was made on a day that was, and is still valid, is approved and made', () => {
  expect(lack({})).toBeUndefined();
  expect(lack({ validUntil: '2026-05' })).toBeUndefined();
  expect(kind.lifecycle.transitions.make?.guard?.(content({ validUntil: '2026-05-01' }), '2026-05-01')).toBe(
    undefined,
  );
});

test('what is over, or was made on a day to come, is neither', () => {
  expect(lack({ validUntil: '2026-04-30' })).toMatch(/valid until 30 Apr 2026, which is over/);
  expect(lack({ doneOn: '2026-05-02' })).toMatch(/still to come/);
  expect(lack({ receivedOn: '2026-05-02' })).toMatch(/still to come/);
  const { make } = kind.lifecycle.transitions;
  expect(make?.guard?.(content({ validUntil: '2026-04-30' }), '2026-05-01')).toMatch(/is over/);
});

test('a receipt and an end lie behind the day on which it was made', () => {
  expect(kind.guard?.(content({ receivedOn: '2026-03-31', validUntil: '2020-01-01' }))).toEqual({
    receivedOn: 'The receipt lies before the day on which it was made.',
    validUntil: 'It would be over before it was made.',
  });
  expect(kind.guard?.(content({ receivedOn: '2026-04', validUntil: '2026-04-01' }))).toEqual({});
  expect(kind.guard?.({ fields: { validUntil: '2020-01-01' }, links: {} })).toEqual({});
});
