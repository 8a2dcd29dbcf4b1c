import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = join(dirname(fileURLToPath(import.meta.url)), '..');
const tokens = readFileSync(join(source, 'ui/tokens.css'), 'utf8');

type Scheme = ReadonlyMap<string, string>;

const block = (start: string): Scheme => {
  const from = tokens.indexOf(start);
  const body = tokens.slice(from, tokens.indexOf('}', from));
  return new Map(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
};
const light = block(':root,\n[data-mantine-color-scheme="light"]');
const dark = block('[data-mantine-color-scheme="dark"]');

const colour = (scheme: Scheme, name: string): string => {
  const hex = scheme.get(name);
  if (hex === undefined) throw new Error(`No token --${name}.`);
  return hex;
};

/** Relative luminance and contrast as WCAG 2.2 defines them. */
const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

const inks = ['ink', 'ink2', 'ink3', 'accent', 'holds', 'gap', 'not-started', 'not-applicable', 'soon'];
const tints = ['holds-tint', 'gap-tint', 'not-started-tint', 'not-applicable-tint', 'soon-tint'];
const grounds = ['surface', 'canvas', 'sunken', 'raised', 'hover', 'selected', 'nav-on', ...tints];
const schemes = [
  ['light', light, 4.98],
  ['dark', dark, 6.02],
] as const;

for (const [name, scheme, least] of schemes) {
  test(`${name}: every text colour can be read on every ground it may meet`, () => {
    const low = inks.flatMap((ink) =>
      grounds
        .map((ground) => ({ ink, ground, is: contrast(colour(scheme, ink), colour(scheme, ground)) }))
        .filter((pair) => pair.is < least - 0.005),
    );
    expect(low).toEqual([]);
  });

  test(`${name}: marks, field borders and the focus ring stand out from the surface`, () => {
    for (const mark of ['holds', 'gap', 'not-started', 'not-applicable', 'soon', 'control', 'focus']) {
      expect(contrast(colour(scheme, mark), colour(scheme, 'surface'))).toBeGreaterThanOrEqual(3.3);
    }
  });

  test(`${name}: words on solid grounds, on the ramp and on the bulk bar can be read`, () => {
    expect(contrast(colour(scheme, 'on-accent'), colour(scheme, 'accent-solid'))).toBeGreaterThanOrEqual(
      4.98,
    );
    expect(contrast(colour(scheme, 'on-bulk'), colour(scheme, 'bulk'))).toBeGreaterThanOrEqual(7);
    for (const level of [1, 2, 3, 4, 5]) {
      expect(
        contrast(colour(scheme, `ramp-ink-${level}`), colour(scheme, `ramp-${level}`)),
      ).toBeGreaterThanOrEqual(5.8);
    }
    for (const series of [1, 2, 3, 4, 5, 6]) {
      expect(contrast(colour(scheme, `chart-${series}`), colour(scheme, 'surface'))).toBeGreaterThanOrEqual(
        5.15, // 5.2 to one place
      );
    }
  });
}

test('both schemes have the same tokens', () => {
  expect([...dark.keys()].sort()).toEqual([...light.keys()].sort());
  expect(light.size).toBeGreaterThan(40);
});

test('no colour value stands outside the token file', () => {
  const paths = globSync('**/*.{css,ts,tsx}', { cwd: source });
  const strays = paths
    .filter((path) => !/tokens\.(css|test\.ts)$/.test(path))
    .flatMap((path) =>
      (readFileSync(join(source, path), 'utf8').match(/#[0-9a-fA-F]{3,8}\b(?!-)|\brgba?\(/g) ?? []).map(
        (found) => `${path}: ${found}`,
      ),
    );
  expect(paths.length).toBeGreaterThan(50);
  expect(strays).toEqual([]);
});
