import { expect, test } from 'vitest';
import { testKind } from '../../kinds/test-kind.ts';
import { proposedTitle } from './proposed-title.ts';

const use = (title: string) => ({ id: title, ref: 'UC-1', kind: 'use-case', title, state: 'live' });
const scheme = {
  type: 'choice' as const,
  label: 'Scheme',
  options: [{ id: 'eu-ai-act', label: 'EU AI Act' }],
};
const kindOf = (name: string) => ({ name, fields: { scheme } });

test('a class is called after its use and its scheme, and is not called anything while one of them is missing', () => {
  const named = (fields: object, links: object) =>
    proposedTitle(kindOf('classification'), { fields: { ...fields }, links: { ...links } });
  const useCase = [use('Order of claims')];
  expect(named({ scheme: 'eu-ai-act' }, { useCase })).toBe('Order of claims: EU AI Act');
  expect(named({ scheme: 'other', schemeName: 'House rules' }, { useCase })).toBe(
    'Order of claims: House rules',
  );
  expect(named({}, { useCase })).toBe(undefined);
  expect(named({ scheme: 'eu-ai-act' }, {})).toBe(undefined);
});

test('an assessment is called after the first of the uses that it covers', () => {
  const named = (covers: ReturnType<typeof use>[]) =>
    proposedTitle(kindOf('impact-assessment'), { fields: {}, links: { covers } });
  expect(named([use('Order of claims')])).toBe('Impact of Order of claims');
  expect(named([use('Order of claims'), use('Letters'), use('Calls')])).toBe(
    'Impact of Order of claims and 2 more',
  );
  expect(named([])).toBe(undefined);
});

test('other records are named by people alone', () => {
  expect(proposedTitle(testKind, { fields: {}, links: { covers: [use('A')] } })).toBe(undefined);
});
