import { expect, test } from 'vitest';
import { registry } from './kinds/all.ts';
import {
  conditions,
  grants,
  organisationActs,
  organisationGrants,
  recordActs,
  roles,
} from './permissions.ts';
import { conditionWords, organisationWords, rolePurposes, rolesInWords } from './role-words.ts';

const sentence = /^\p{Lu}[^!]+\.$/u;
const rows = roles.flatMap((role) => grants[role].map((row, place) => [role, place, row] as const));

test.each(rows)('%s, row %i, says why it is there, on which records, and of what', (_role, _place, row) => {
  expect(row.why).toMatch(sentence);
  expect(row.acts.length).toBeGreaterThan(0);
  expect(recordActs).toEqual(expect.arrayContaining([...row.acts]));
  for (const condition of row.when) expect(conditionWords[condition]).toMatch(/^(all|those .+)$/);
  if (row.kinds === 'all') return;
  for (const kind of row.kinds) if (kind !== 'walk') expect(registry.find(kind)?.name, kind).toBe(kind);
});

test('no two rows of a role say the same act of the same kind twice', () => {
  for (const role of roles) {
    const said = grants[role].flatMap((row) =>
      row.acts.flatMap((act) =>
        (row.kinds === 'all' ? ['all'] : row.kinds).flatMap((kind) =>
          row.when.map((condition) => `${act} ${kind} ${condition}`),
        ),
      ),
    );
    expect(said.length, role).toBe(new Set(said).size);
  }
});

test.each(roles)('%s says what it is for', (role) => {
  expect(rolePurposes[role]).toMatch(sentence);
});

test('every condition and every act on the organisation has its words, and no other has', () => {
  expect(Object.keys(conditionWords).sort()).toEqual(Object.keys(conditions).sort());
  expect(Object.keys(organisationWords).sort()).toEqual([...organisationActs].sort());
  for (const act of organisationActs) {
    expect(organisationGrants[act].length).toBeGreaterThan(0);
    expect(organisationWords[act].what).not.toMatch(/\.$/);
    expect(organisationWords[act].why).toMatch(sentence);
  }
});

test('roles are named as people say them, the last with "or"', () => {
  expect(rolesInWords([])).toBe('');
  expect(rolesInWords(['admin'])).toBe('administrator');
  expect(rolesInWords(['admin', 'aims-manager'])).toBe('administrator or AIMS manager');
  expect(rolesInWords(['admin', 'aims-manager', 'top-management'])).toBe(
    'administrator, AIMS manager or top management',
  );
  for (const role of roles) expect(rolesInWords([role])).not.toContain('-');
});
