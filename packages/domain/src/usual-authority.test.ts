import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect, test } from 'vitest';
import { type AuthorityRow, meets, unaskedDimensions } from './authority.ts';
import { usualAuthority } from './usual-authority.ts';

const catalogue = loadCatalogue();
const table = usualAuthority(catalogue);
const { levels } = catalogue.model.authority;
const rows = catalogue.model.authority.default_table.filter(
  ({ dimension }) => !unaskedDimensions.includes(dimension),
);

/** The table in force with each duty held by somebody of the same name, some of them left out. */
const inForce = (without: readonly string[] = []): AuthorityRow[] =>
  table
    .filter(({ id }) => !without.includes(id))
    .flatMap(({ id, limits }) =>
      limits.map((limit) => ({ ...limit, member: id, role: null, validFrom: '2026-01-01', validTo: null })),
    );
const decides = (held: readonly AuthorityRow[], member: string, dimension: string, level: string) =>
  meets(held, { member, roles: [] }, { dimension, level }, '2026-05-01');

test('whoever the catalogue lets decide a level does so by the lines made of it, and nobody below them', () => {
  const held = inForce();
  for (const row of rows)
    for (const [at, level] of levels.entries()) {
      expect([row.dimension, level, decides(held, row[level], row.dimension, level)]).toEqual([
        row.dimension,
        level,
        true,
      ]);
      const lower = levels.slice(0, at).map((one) => row[one]);
      const still = levels.slice(at).map((one) => row[one]);
      for (const duty of lower.filter((one) => !still.includes(one)))
        expect([duty, decides(held, duty, row.dimension, level)]).toEqual([duty, false]);
    }
});

test('no cell is given twice, so that the table can be put in force as it is', () => {
  const cells = inForce().map(({ dimension, level }) => `${dimension} ${level}`);
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(inForce().map(({ dimension }) => dimension))).toEqual(
    new Set(rows.map(({ dimension }) => dimension)),
  );
});

test('a level without a holder goes up to the next one that has one', () => {
  const held = inForce(['ai_risk_manager', 'governance_committee']);
  expect(decides(held, 'top_management', 'residual_risk', 'moderate')).toBe(true);
  expect(decides(held, 'risk_owner', 'residual_risk', 'moderate')).toBe(false);
});

test('duties that are roles here are held by them, the others by name; the highest stand last', () => {
  const role = (id: string) => table.find((one) => one.id === id)?.role;
  expect(role('risk_owner')).toBe('risk-owner');
  expect(role('top_management')).toBe('top-management');
  expect(role('governance_committee')).toBeNull();
  expect(table.at(-1)?.id).toBe('top_management');
  for (const { name, duty, limits } of table)
    expect([name, duty].every(Boolean) && limits.length > 0).toBe(true);
});
