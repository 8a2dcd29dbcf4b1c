import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  countShape,
  dateShape,
  emailShape,
  flagShape,
  idShape,
  jsonShape,
  lineShape,
  passwordShape,
  reasonShape,
  rolesShape,
  textShape,
} from './shapes.ts';

const nul = 'a\u0000b';
const half = 'a\ud800b';

/** What a shape makes of a value, or the word `refused`. */
function read(shape: z.ZodType, value: unknown): unknown {
  const done = shape.safeParse(value);
  return done.success ? done.data : 'refused';
}

describe.each<[string, z.ZodType, readonly (readonly [unknown, unknown])[]]>([
  [
    'a line',
    lineShape(5),
    [
      ['abc', 'abc'],
      ['  a \t b\n', 'a b'],
      ['abcdef', 'refused'],
      ['   ', 'refused'],
      ['', 'refused'],
      [nul, 'refused'],
      [half, 'refused'],
      [7, 'refused'],
      [null, 'refused'],
      // Composed, so that what looks alike is alike.
      ['e\u0301', '\u00e9'],
    ],
  ],
  [
    'paragraphs',
    textShape(6),
    [
      ['a\r\nb', 'a\nb'],
      ['', ''],
      [' a ', ' a '],
      ['abcdefg', 'refused'],
      [nul, 'refused'],
      [half, 'refused'],
    ],
  ],
  [
    'paragraphs of ten characters at least',
    textShape(20, 10),
    [
      ['0123456789', '0123456789'],
      ['012345678', 'refused'],
      ['          ', 'refused'],
    ],
  ],
  [
    'a reason',
    reasonShape(40, 3),
    [
      ['Only its name was made clearer', 'Only its name was made clearer'],
      ['None of them reads letters', 'None of them reads letters'],
      ['. . . . .', 'refused'],
      ['n/a', 'refused'],
      ['To be confirmed', 'refused'],
      ['aaaaaaaaaaaa', 'refused'],
      ['no', 'refused'],
      ['', 'refused'],
    ],
  ],
  [
    'an address',
    emailShape,
    [
      ['Head.Of+Claims@Example.ORG', 'head.of+claims@example.org'],
      ['  a@b  ', 'a@b'],
      ['a@b@c', 'refused'],
      ['a b@c', 'refused'],
      ['@b', 'refused'],
      ['a@', 'refused'],
      ['<a@b>', 'refused'],
      [`${'x'.repeat(251)}@b.c`, 'refused'],
      [nul, 'refused'],
    ],
  ],
  [
    'a password',
    passwordShape,
    [
      [' as typed ', ' as typed '],
      ['x'.repeat(1001), 'refused'],
      [nul, 'refused'],
      [half, 'refused'],
    ],
  ],
  [
    'a day',
    dateShape,
    [
      ['2028-02-29', '2028-02-29'],
      ['2026-02-29', 'refused'],
      ['2026-13-01', 'refused'],
      ['2026-1-1', 'refused'],
      ['0999-01-01', 'refused'],
      ['2026-01-01T00:00:00Z', 'refused'],
    ],
  ],
  [
    'an id',
    idShape,
    [
      ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000001'],
      ['01890000-0000-7000-8000-00000000000', 'refused'],
      ['01890000-0000-7000-8000-00000000000A', 'refused'],
      ['SYS-1', 'refused'],
    ],
  ],
  [
    'roles',
    rolesShape,
    [
      [[], []],
      [
        ['reader', 'admin'],
        ['reader', 'admin'],
      ],
      [['owner'], 'refused'],
      ['reader', 'refused'],
    ],
  ],
  [
    'a flag',
    flagShape,
    [
      ['true', true],
      ['false', false],
      [undefined, false],
      ['1', 'refused'],
      ['', 'refused'],
      ['TRUE', 'refused'],
    ],
  ],
  [
    'a number up to 50, usually 8',
    countShape(50, 8),
    [
      [undefined, 8],
      ['1', 1],
      ['50', 50],
      ['51', 'refused'],
      ['0', 'refused'],
      ['-1', 'refused'],
      ['1e1', 'refused'],
      [' 1', 'refused'],
      ['', 'refused'],
      ['9999999', 'refused'],
    ],
  ],
  [
    'free JSON',
    jsonShape,
    [
      [{ a: [1, 'b', null, true] }, { a: [1, 'b', null, true] }],
      [{ a: nul }, 'refused'],
      [{ [nul]: 1 }, 'refused'],
      [[[half]], 'refused'],
      [{ ['x'.repeat(201)]: 1 }, 'refused'],
      [Number.POSITIVE_INFINITY, 'refused'],
      [undefined, 'refused'],
    ],
  ],
])('%s', (_name, shape, cases) => {
  test.each(cases.map(([given, made]) => ({ given, made })))('$given is $made', ({ given, made }) => {
    expect(read(shape, given)).toEqual(made);
  });
});

test('each refusal says what is wrong in words that end as a sentence', () => {
  const shapes: readonly z.ZodType[] = [
    lineShape(5),
    textShape(5, 1),
    reasonShape(20),
    emailShape,
    passwordShape,
    dateShape,
    countShape(5, 1),
    jsonShape,
  ];
  for (const shape of shapes) {
    const { error } = shape.safeParse(nul);
    expect(error?.issues.map((issue) => issue.message)).toEqual([expect.stringMatching(/^[A-Z].*\.$/)]);
  }
});
