import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { type ImportedVersion, leftBehind } from './left-behind.ts';

type Fields = Readonly<Record<string, Json>>;
type Links = Readonly<Record<string, readonly string[]>>;

const made = (fields: Fields, links: Links = {}, state = 'proposed'): ImportedVersion => ({
  act: 'created',
  changed: [...Object.keys(fields), ...Object.keys(links)],
  content: { fields, links },
  state,
});
const edited = (changed: readonly string[], fields: Fields, links: Links = {}): ImportedVersion => ({
  act: 'edited',
  changed,
  content: { fields, links },
  state: 'retired',
});
const moved = (state: string, fields: Fields = {}): ImportedVersion => ({
  act: 'moved',
  changed: [],
  content: { fields, links: {} },
  state,
});

describe('what the files of a source have said about a record', () => {
  test('is nothing before the first of them', () => {
    expect(leftBehind([])).toBeNull();
  });

  test('is all of what the first of them made', () => {
    expect(leftBehind([made({ name: 'A', unit: 'U' }, { system: ['s'] }, 'in-use')])).toEqual({
      content: { fields: { name: 'A', unit: 'U' }, links: { system: ['s'] } },
      state: 'in-use',
    });
  });

  test.each<[string, ImportedVersion[], Fields, Links]>([
    [
      'a part that a later file changed is what that file said',
      [made({ name: 'A', unit: 'U' }), edited(['unit'], { name: 'A', unit: 'V' })],
      { name: 'A', unit: 'V' },
      {},
    ],
    [
      'a part that people changed in between stays as the first file said it',
      [made({ name: 'A', unit: 'U' }), edited(['unit'], { name: 'by hand', unit: 'V' })],
      { name: 'A', unit: 'V' },
      {},
    ],
    [
      'a part that people filled in between is none of the files’',
      [made({ name: 'A' }), edited(['name'], { name: 'B', purpose: 'by hand' })],
      { name: 'B' },
      {},
    ],
    [
      'a part that people emptied in between is still what the file said',
      [made({ name: 'A', unit: 'U' }), edited(['name'], { name: 'B' })],
      { name: 'B', unit: 'U' },
      {},
    ],
    [
      'a part that a later file emptied is empty',
      [made({ name: 'A', unit: 'U' }), edited(['unit'], { name: 'A' })],
      { name: 'A' },
      {},
    ],
    [
      'links are held apart like fields',
      [made({ name: 'A' }, { parts: ['p'], uses: ['q'] }), edited(['uses'], { name: 'A' }, { parts: ['x'] })],
      { name: 'A' },
      { parts: ['p'] },
    ],
    [
      'the latest of several files counts',
      [
        made({ name: 'A' }),
        edited(['name'], { name: 'B' }),
        edited(['unit'], { name: 'by hand', unit: 'V' }),
        edited(['name'], { name: 'C', unit: 'by hand' }),
      ],
      { name: 'C', unit: 'V' },
      {},
    ],
  ])('%s', (_, versions, fields, links) => {
    expect(leftBehind(versions)?.content).toEqual({ fields, links });
  });

  test('a state that people moved to is not the file’s, one that a file moved to is', () => {
    expect(leftBehind([made({ name: 'A' }), edited(['name'], { name: 'B' })])?.state).toBe('proposed');
    expect(leftBehind([made({ name: 'A' }), moved('in-use')])?.state).toBe('in-use');
    expect(leftBehind([made({ name: 'A' }), moved('in-use'), moved('retired')])?.state).toBe('retired');
  });

  test('a move says nothing about the content that it stands on', () => {
    expect(leftBehind([made({ name: 'A' }), moved('in-use', { name: 'by hand' })])?.content.fields).toEqual({
      name: 'A',
    });
  });

  test('is the last word of each part, whatever people wrote in between', () => {
    const names = ['a', 'b', 'c', 'd'] as const;
    const fields = fc.dictionary(fc.constantFrom(...names), fc.integer({ min: 0, max: 9 }));
    const steps = fc.array(fc.record({ said: fields, byHand: fields }), { maxLength: 8 });
    fc.assert(
      fc.property(fields, steps, (first, later) => {
        const expected: Record<string, Json> = { ...first };
        const versions = [made(first)];
        for (const { said, byHand } of later) {
          Object.assign(expected, said);
          versions.push(edited(Object.keys(said), { ...byHand, ...said }));
        }
        expect(leftBehind(versions)?.content.fields).toEqual(expected);
      }),
    );
  });
});
