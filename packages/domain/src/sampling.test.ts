import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawPosition, drawSample, populationText } from './sampling.ts';

const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest();

describe('a draw', () => {
  test('lies in the population and can be repeated by anyone', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 1_000_000 }), (seed, population) => {
        const position = drawPosition(seed, population, digest);
        expect(Number.isInteger(position) && position >= 0 && position < population).toBe(true);
        expect(drawPosition(seed, population, digest)).toBe(position);
      }),
    );
  });

  test('is the digest’s first six bytes, big end first, over the population', () => {
    const bytes = (text: string) => {
      expect(text).toBe('seed#0');
      return Uint8Array.from([0, 0, 0, 0, 1, 3, 99, 99]);
    };
    expect(drawPosition('seed', 100, bytes)).toBe(259 % 100);
    expect(drawPosition('seed', 1, bytes)).toBe(0);
  });

  test('draws again above the largest multiple, so that no item is likelier than another', () => {
    const asked: string[] = [];
    const bytes = (text: string) => {
      asked.push(text);
      return Uint8Array.from(asked.length < 3 ? [255, 255, 255, 255, 255, 255] : [0, 0, 0, 0, 0, 5]);
    };
    // 2^48 leaves a rest of 1 over 3: the highest number alone is drawn again.
    expect(drawPosition('s', 3, bytes)).toBe(2);
    expect(asked).toEqual(['s#0', 's#1', 's#2']);
    expect(drawPosition('s', 2, () => Uint8Array.from([255, 255, 255, 255, 255, 255]))).toBe(1);
  });

  test('every item of a small population comes up, none more than twice as often', () => {
    const drawn = new Map<number, number>();
    for (let seed = 0; seed < 3000; seed += 1) {
      const position = drawPosition(`seed-${seed}`, 7, digest);
      drawn.set(position, (drawn.get(position) ?? 0) + 1);
    }
    const counts = [...drawn.values()];
    expect(counts).toHaveLength(7);
    expect(Math.max(...counts)).toBeLessThan(2 * Math.min(...counts));
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('from %s is refused', (population) => {
    expect(() => drawPosition('s', population, digest)).toThrow(RangeError);
  });
});

describe('a sample', () => {
  test('takes each item once, and can be drawn again by anyone', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 500 }), fc.nat(), (seed, population, some) => {
        const size = 1 + (some % population);
        const drawn = drawSample(seed, population, size, digest);
        expect(new Set(drawn).size).toBe(size);
        expect(drawn.every((at) => Number.isInteger(at) && at >= 0 && at < population)).toBe(true);
        expect(drawSample(seed, population, size, digest)).toEqual(drawn);
        expect(drawSample(seed, population, population, digest).slice(0, size)).toEqual(drawn);
      }),
    );
  });

  test('of everything is everything, in an order that the seed gives', () => {
    const all = drawSample('seed', 20, 20, digest);
    expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at));
    expect(all).not.toEqual(drawSample('another', 20, 20, digest));
  });

  test('favours no item', () => {
    const times = Array.from({ length: 6 }, () => 0);
    for (let seed = 0; seed < 1500; seed += 1)
      for (const at of drawSample(`seed-${seed}`, 6, 2, digest)) times[at] = (times[at] ?? 0) + 1;
    expect(Math.max(...times)).toBeLessThan(1.4 * Math.min(...times));
  });

  test.each([
    [0, 5],
    [6, 5],
    [1.5, 5],
    [1, 0],
  ])('of %s from %s is refused', (size, population) => {
    expect(() => drawSample('s', population, size, digest)).toThrow(RangeError);
  });
});

describe('the text of a population', () => {
  test('is the same for the same list however it was typed', () => {
    expect(populationText([' Café ', 'B'])).toBe(populationText(['Cafe\u0301', 'B ']));
  });

  test('tells apart another order, another item and a missing one', () => {
    const texts = [['A', 'B'], ['B', 'A'], ['A', 'C'], ['A'], ['A', 'B', '']].map(populationText);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
