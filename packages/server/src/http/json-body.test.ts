import { DomainError } from '@throughline/domain/errors.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxDepth, readJson } from './json-body.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');

function refusal(body: Buffer): DomainError {
  try {
    readJson(body);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('It was read');
}

/** Whether an object within has the one name that is refused; as text it may stand anywhere. */
const namesProto = (value: unknown): boolean =>
  value !== null &&
  typeof value === 'object' &&
  (Object.hasOwn(value, '__proto__') || Object.values(value).some(namesProto));

test('whatever is JSON is read as what it says, unless a member is named __proto__', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(3), (made, blanks) => {
      const text = JSON.stringify(made, null, blanks);
      const value = JSON.parse(text);
      if (namesProto(value)) expect(refusal(bytes(text)).code).toBe('unprocessable');
      else expect(readJson(bytes(text))).toEqual(value);
    }),
    { examples: [[[{ ['__proto__']: {} }, 0], 1]], numRuns: 300 },
  );
});

test('whatever is no JSON is refused as the client’s mistake, at a place inside or right behind the body', () => {
  fc.assert(
    fc.property(
      fc.json({ maxDepth: 3 }),
      fc.nat(),
      fc.constantFrom('', ',', '}', '"', '\u0001', '\\'),
      (text, at, sign) => {
        const place = at % (text.length + 1);
        const broken = `${text.slice(0, place)}${sign}${text.slice(place + 1)}`;
        let fine = true;
        try {
          JSON.parse(broken);
        } catch {
          fine = false;
        }
        if (fine) return;
        const { code, items } = refusal(bytes(broken));
        expect(code).toBe('malformed');
        const [, line, column] = /^line (\d+), column (\d+)$/.exec(items[0]?.at ?? '') ?? [];
        expect(Number(line)).toBe(1);
        expect(Number(column)).toBeLessThanOrEqual(broken.length + 1);
      },
    ),
  );
});

describe('where a mistake stands', () => {
  test.each([
    ['{"a": 1,}', 'line 1, column 9'],
    ['{"a" 1}', 'line 1, column 6'],
    ['{a: 1}', 'line 1, column 2'],
    ['[1 2]', 'line 1, column 4'],
    ['{\n  "a": tru\n}', 'line 2, column 8'],
    ['"abc', 'line 1, column 5'],
    ['"a\\x"', 'line 1, column 3'],
    ['"a\\u12"', 'line 1, column 3'],
    ['[1]]', 'line 1, column 4'],
    ['-', 'line 1, column 1'],
    ['\n\n', 'line 3, column 1'],
  ])('%j', (text, at) => {
    expect(refusal(bytes(text)).items[0]?.at).toBe(at);
  });
});

describe('depth', () => {
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  test('as many levels as are allowed are read, one more is not', () => {
    expect(readJson(bytes(nested(maxDepth)))).toHaveLength(1);
    expect(refusal(bytes(nested(maxDepth + 1))).message).toContain(
      `${maxDepth} levels deep at line 1, column 33`,
    );
  });

  test('objects and lists count together', () => {
    expect(refusal(bytes('{"a":['.repeat(17))).message).toContain('levels deep');
  });

  test('brackets in text are no levels, escaped quotation marks do not end it', () => {
    const text = `${'['.repeat(100)}\\"${'{'.repeat(100)}`;
    expect(readJson(bytes(`"${text}"`))).toBe(text.replace('\\"', '"'));
  });

  test('what closed is not counted', () => {
    expect(readJson(bytes(`[${Array.from({ length: 100 }, () => '[]').join()}]`))).toHaveLength(100);
  });
});

test('a text that is not UTF-8 is refused before it is parsed', () => {
  expect(refusal(Buffer.from([0x22, 0xc3, 0x28, 0x22])).message).toBe('The body is not text in UTF-8.');
  expect(refusal(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])).code).toBe('malformed');
});

describe('names that would not count are refused where they stand', () => {
  test.each([
    ['{"a":1,"a":2}', 'a', 'given twice'],
    ['{"a":1, "\\u0061" : 2}', 'a', 'given twice'],
    ['{"fields":{"name":"a","name":"b"}}', 'fields.name', 'given twice'],
    ['[{"a":1},{"b":[0,{"c":1,"c":1}]}]', '1.b.1.c', 'given twice'],
    ['{"__proto__":{"admin":true}}', '__proto__', 'not known here'],
    ['{"fields":{"name":"a","__proto__":{"x":1}}}', 'fields.__proto__', 'not known here'],
    ['{"a":{"\\u005f_proto__":1}}', 'a.__proto__', 'not known here'],
  ])('%s', (text, at, words) => {
    const { code, items } = refusal(bytes(text));
    expect([code, items.map((item) => item.at)]).toEqual(['unprocessable', [at]]);
    expect(items[0]?.message).toContain(words);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });

  test.each([
    '{"a":{"a":1},"b":{"a":[{"a":1},{"a":2}]}}',
    '{"a":"a","b":"__proto__","c":["__proto__","a","a"]}',
    '{"a":"{\\"b\\":1,\\"b\\":2}"}',
    '{"":1,"constructor":2,"toString":3,"\\"":4,"\\\\":5}',
  ])('%s is taken: the same name elsewhere, the same text as a value', (text) => {
    expect(readJson(bytes(text))).toEqual(JSON.parse(text));
  });

  test('whatever an object holds comes back, and one of its names again does not', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 4 }), fc.nat(), (made, pick) => {
        const text = JSON.stringify(made);
        const value = JSON.parse(text);
        if (namesProto(value)) return;
        expect(readJson(bytes(text))).toEqual(value);
        const names = Object.keys(value);
        const name = names[pick % Math.max(1, names.length)];
        if (name === undefined) return;
        const twice = `${text.slice(0, -1)},${JSON.stringify(name)}:1}`;
        expect(refusal(bytes(twice)).code).toBe('unprocessable');
      }),
    );
  });
});
