import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { Contradicting } from './contradicting.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const refOf = (n: number) => ({
  ...{ id: `c${n}`, ref: `CLS-${n}`, kind: 'classification' },
  ...{ title: `Class ${n}`, state: 'final', archived: false },
});
const aClass = (n: number, signedOff: boolean) => ({
  ...{ record: refOf(n), outcome: n === 1 ? 'Prohibited practice' : 'No specific class', signedOff },
  ...{ on: null, givenBy: null, validatedOn: null, due: null, over: false },
});
const show = (of: string, apart: boolean, classes: readonly object[]) => {
  const scheme = { method: 'law', scheme: null, name: 'EU AI Act', version: null, askedWhere: [] };
  const law = { ...scheme, asked: 'yes', classes, apart, tier: null };
  return showPage('/', <Contradicting of={of} use="UC-7" />, {
    '/api/v1/use-cases/UC-7/classes': {
      useCase: refOf(7),
      system: null,
      schemes: [law],
      loose: [],
      stated: [],
    },
    '/api/v1/kinds': { items: [] },
  });
};

test('a signed-off class names each other one that contradicts it, and what that says', async () => {
  show('c1', true, [aClass(1, true), aClass(2, true), aClass(3, false)]);
  expect(await screen.findByText(/contradicts another signed-off class/)).not.toBe(null);
  expect(screen.getByText(/Class 2: No specific class/)).not.toBe(null);
  expect(screen.queryByText(/Class 1/)).toBe(null);
  expect(screen.queryByText(/Class 3/)).toBe(null);
});

test.each([
  ['where they agree', 'c1', false, [aClass(1, true), aClass(2, true)]],
  [
    'of a class that is not signed off itself',
    'c3',
    true,
    [aClass(1, true), aClass(2, true), aClass(3, false)],
  ],
])('nothing is said %s', async (_, of, apart, classes) => {
  const { answered } = show(of, apart, classes);
  await vi.waitFor(() => expect(answered.join()).toContain('/classes'));
  await new Promise((done) => setTimeout(done, 50));
  expect(screen.queryByText(/contradicts/)).toBe(null);
});
