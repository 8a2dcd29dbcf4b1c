import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { ClassesPage } from './classes-page.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const refOf = (n: number) => ({
  ...{ id: `c${n}`, ref: `CLS-${n}`, kind: 'classification' },
  ...{ title: `Class ${n}`, state: 'open', archived: false },
});
const aClass = (n: number, says: object) => ({
  ...{ record: refOf(n), outcome: null, stated: null, prohibitedFrom: null, signedOff: false },
  ...{ on: null, givenBy: null, validatedOn: null, due: null, waits: null, over: false },
  ...{ levelGone: false, takenBack: null, ...says },
});
const show = (...classes: readonly object[]) => {
  const law = { method: 'law', scheme: null, name: 'EU AI Act', version: null, askedWhere: [] };
  const asked = { asked: 'yes', classes, withdrawn: [], apart: false, tier: null };
  return showPage('/', <ClassesPage recordRef="UC-7" crumbs={[]} absent={null} />, {
    '/api/v1/use-cases/UC-7/classes': {
      ...{ useCase: refOf(7), system: null, schemes: [{ ...law, ...asked }], loose: [], stated: [] },
    },
    '/api/v1/kinds': { items: [] },
  });
};

test('what a file stated is no class: it reads undetermined, with the words of the file', async () => {
  show(aClass(1, { stated: 'No specific class' }));
  expect(await screen.findByText('Undetermined, answers are missing')).not.toBe(null);
  expect(screen.getByText(/A file states “No specific class”/)).not.toBe(null);
});

test('what becomes prohibited says from which day', async () => {
  show(aClass(1, { outcome: 'Prohibited from a later date', prohibitedFrom: '2026-12-02' }));
  expect(await screen.findByText(/^Prohibited from 2 Dec/)).not.toBe(null);
});
