import { expect, test } from 'vitest';
import { lookups } from '../api/kinds.ts';
import { claims, kinds } from '../gallery/fixtures/records.ts';
import { readPrefill } from '../kinds/prefill.ts';
import { parseSearch } from '../ui/navigate.ts';
import { destinationOf } from './action-href.ts';

const known = lookups(kinds);
const from = '/systems/SYS-412?asOf=x';

test('opens a record by the prefix of its ref, at the part that is meant', () => {
  expect(destinationOf({ type: 'open', ref: 'IA-31', part: 'conclusion' }, known, from)).toBe(
    '/impact-assessments/IA-31?part=conclusion',
  );
});

test('classes of one use stand beside each other on a page of their own', () => {
  expect(destinationOf({ type: 'open', ref: 'SYS-4', part: 'classes' }, known, from)).toMatch(
    /SYS-4\/classes$/,
  );
});

test('edits a part and comes back', () => {
  expect(destinationOf({ type: 'edit', ref: 'SYS-412', part: 'owner' }, known, from)).toBe(
    '/systems/SYS-412?edit=owner&from=%2Fsystems%2FSYS-412%3FasOf%3Dx',
  );
});

test('a plan is held against Annex A on the page for it', () => {
  expect(destinationOf({ type: 'edit', ref: 'TRT-4', part: 'compared' }, known, from)).toMatch(
    /TRT-4\/comparison$/,
  );
});

test('a risk is rated on the page for it', () => {
  expect(destinationOf({ type: 'edit', ref: 'RSK-4', part: 'rated' }, known, from)).toMatch(/RSK-4\/rating$/);
});

test('creates with everything filled in, and comes back', () => {
  const deed = {
    type: 'create',
    kind: 'notice',
    fields: { audience: 'claimants' },
    links: { system: [claims] },
  } as const;
  const href = destinationOf(deed, known, from) ?? '';
  const [path, search] = href.split('?', 2);
  expect(path).toBe('/notices/new');
  const read = parseSearch(search ?? '');
  expect(read.from).toBe(from);
  expect(readPrefill(read)).toEqual({ fields: deed.fields, links: deed.links });
});

test('leads to a search where the prefix is not known', () => {
  expect(destinationOf({ type: 'open', ref: 'ZZ-1' }, known, from)).toBe('/search?q=ZZ-1');
});

test('steps and approvals stay where they are', () => {
  expect(destinationOf({ type: 'step', ref: 'IA-31', transition: 'approve' }, known, from)).toBeNull();
  expect(destinationOf({ type: 'approve', ref: 'IA-31' }, known, from)).toBeNull();
});
