import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostSlugLength, readSlug, slugOf } from './organisation-slug.ts';

test.each([
  ['Harbour Mutual', 'harbour-mutual'],
  ['  Müller & Söhne GmbH ', 'muller-and-sohne-gmbh'],
  ['Straßenbau AG', 'strassenbau-ag'],
  ['Crédit Agricole', 'credit-agricole'],
  ['東京', 'organisation'],
  ['---', 'organisation'],
  ['4th Bank', '4th-bank'],
])('%s has the short name %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test('whatever an organisation is called, its slug can be read back as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
      const slug = slugOf(name);
      expect(readSlug(slug)).toEqual({ value: slug });
      expect(slug.length).toBeLessThanOrEqual(mostSlugLength);
    }),
  );
});

test('a slug that somebody chooses is taken as it is, without blanks around it', () => {
  expect(readSlug(' harbour-2 ')).toEqual({ value: 'harbour-2' });
  expect(readSlug('a')).toEqual({ value: 'a' });
});

test.each(['', '-', 'a-', '-a', 'Harbour', 'a b', 'a/b', 'ä', '../x', 'a'.repeat(49), 'a\n'.repeat(2)])(
  'what an address cannot hold is refused: %j',
  (text) => {
    const read = readSlug(text);
    expect('problem' in read && read.problem).toMatch(/^".*" names no organisation in an address\./s);
  },
);
