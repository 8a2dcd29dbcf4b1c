import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mentionsIn, mentionText, partsOf } from './mentions.ts';
import { roles } from './permissions.ts';

const ann = '0190a1b2-c3d4-7e5f-8a6b-000000000001';
const bea = '0190a1b2-c3d4-7e5f-8a6b-000000000002';

test('a text is plain parts and mentions, in order', () => {
  expect(partsOf(`Look at this, ${mentionText(ann)}: ${mentionText('internal-auditor')}`)).toEqual([
    'Look at this, ',
    { type: 'member', id: ann },
    ': ',
    { type: 'role', id: 'internal-auditor' },
  ]);
  expect(partsOf('Nobody is named')).toEqual(['Nobody is named']);
  expect(partsOf('')).toEqual([]);
});

test.each([
  '@[chief]',
  '@[]',
  '@ann',
  `@[${ann}`,
  `@[${ann.toUpperCase()}]`,
  '[aims-manager]',
  '@[constructor]',
])('%s only looks like a mention', (text) => {
  expect(partsOf(text)).toEqual([text]);
  expect(mentionsIn(text)).toEqual([]);
});

test('everyone is mentioned once, however often they are named', () => {
  const text = [ann, 'reader', ann, bea, 'reader'].map(mentionText).join(' ');
  expect(mentionsIn(text).map((mention) => mention.id)).toEqual([ann, 'reader', bea]);
});

test('parts put together are the text they came from, whatever stands in it', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom(...roles, ann, bea, 'chief', '').map(mentionText));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      const parts = partsOf(text);
      expect(parts.map((part) => (typeof part === 'string' ? part : mentionText(part.id))).join('')).toBe(
        text,
      );
      for (const [at, part] of parts.entries())
        if (typeof part === 'string') expect([part === '', typeof parts[at + 1]]).not.toContain('string');
    }),
  );
});
