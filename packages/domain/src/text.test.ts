import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSentence, line, prose, quoted, shown, text, withoutControls } from './text.ts';

const any = fc.string({ unit: 'binary', maxLength: 60 });
const high = fc.integer({ min: 0xd800, max: 0xdbff }).map((code) => String.fromCharCode(code));
const low = fc.integer({ min: 0xdc00, max: 0xdfff }).map((code) => String.fromCharCode(code));

describe('text', () => {
  test('takes well-formed text as it is, in composed form with line feeds', () => {
    expect(text('Zurich', 10)).toEqual({ value: 'Zurich' });
    expect(text('u\u0308', 10)).toEqual({ value: 'ü' });
    expect(text('a\r\nb\rc\nd', 10)).toEqual({ value: 'a\nb\nc\nd' });
    expect(text('  kept  ', 10)).toEqual({ value: '  kept  ' });
  });

  test.each([[null], [undefined], [1], [true], [{}], [['a']], [Symbol('a')]])('refuses %s', (value) => {
    expect(text(value, 10)).toEqual({ problem: 'Text in quotation marks is expected here.' });
  });

  test('refuses NUL wherever it stands', () => {
    fc.assert(
      fc.property(any, any, (before, after) => {
        expect(text(`${before}\u0000${after}`, 1000)).toMatchObject({
          problem: expect.stringContaining('NUL'),
        });
      }),
    );
  });

  test('refuses half of a character, the first half or the second', () => {
    const words = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(words, fc.oneof(high, low), words, (before, half, after) => {
        expect(text(`${before}${half}${after}`, 1000)).toMatchObject({
          problem: expect.stringContaining('surrogate'),
        });
      }),
    );
  });

  test('counts after composing, and says both numbers', () => {
    expect(text('u\u0308'.repeat(5), 5)).toEqual({ value: 'ü'.repeat(5) });
    expect(text('abcdef', 5)).toEqual({ problem: 'The text has 6 characters; 5 is the most.' });
  });

  test('what was taken is taken again, unchanged', () => {
    fc.assert(
      fc.property(any, (value) => {
        const once = text(value, 1000);
        if ('value' in once) expect(text(once.value, 1000)).toEqual(once);
      }),
    );
  });
});

describe('line', () => {
  test('is one line: outer space goes, inner runs become one space', () => {
    expect(line('  Claims \r\n\t triage  ', 40)).toEqual({ value: 'Claims triage' });
    expect(line('a\u00a0\u2003b', 40)).toEqual({ value: 'a b' });
    expect(line(' \n\t ', 40)).toEqual({ value: '' });
  });

  test('counts after folding white space', () => {
    expect(line(`${' '.repeat(500)}abc${' '.repeat(500)}`, 3)).toEqual({ value: 'abc' });
    expect(line('abcd', 3)).toEqual({ problem: 'The text has 4 characters; 3 is the most.' });
  });

  test('refuses what text refuses', () => {
    expect(line(7, 10)).toHaveProperty('problem');
    expect(line('a\u0000b', 10)).toHaveProperty('problem');
    expect(line('a\ud800b', 10)).toHaveProperty('problem');
  });

  test('never holds a line break or outer space, and is stable', () => {
    fc.assert(
      fc.property(any, (value) => {
        const read = line(value, 1000);
        if (!('value' in read)) return;
        expect(read.value).not.toMatch(/[\n\r\t]|^\s|\s$|\s\s/);
        expect(line(read.value, 1000)).toEqual(read);
      }),
    );
  });
});

describe('signs that are not seen', () => {
  test.each(['\u0007', '\u001b', '\u007f', '\u0085', '\u009b'])(
    'the control character %j is refused by its code',
    (sign) => {
      const code = `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
      for (const read of [line, prose])
        expect(read(`a${sign}b`, 10)).toEqual({
          problem: `The text holds the control character ${code}. Take it out.`,
        });
    },
  );

  test.each([0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069])(
    'what turns words around is refused on one line, and may stand in paragraphs: %i',
    (code) => {
      const words = `a${String.fromCharCode(code)}b`;
      expect(line(words, 10)).toEqual({
        problem: `The text holds U+${code.toString(16).toUpperCase()}, which turns words around it. Take it out.`,
      });
      expect(prose(words, 10)).toEqual({ value: words });
    },
  );

  test.each(['\u200b', ' \u2060\u200d ', '\ufeff', '\u00ad', '\u3164', '\u2800', '\u180e\ufe0f'])(
    '%j alone is empty',
    (words) => {
      expect(line(words, 10)).toEqual({ value: '' });
      expect(prose(words, 10)).toEqual({ value: '' });
    },
  );

  test('signs within words stay: joiners, marks of direction, tabs and line feeds of paragraphs', () => {
    for (const words of ['क्\u200dष', 'می\u200cخواهم', 'שלום\u200f!', '👩\u200d🔬', 'a\u00adb'])
      expect(line(words, 20)).toEqual({ value: words.normalize('NFC') });
    expect(prose('a\tb\nc', 10)).toEqual({ value: 'a\tb\nc' });
  });

  test('what a file holds can be read once these are taken out of it', () => {
    fc.assert(
      fc.property(any, fc.constantFrom('\u0007', '\u202e', '\u2066', '\u009f'), (words, sign) => {
        const clean = words.replaceAll('\u0000', '').toWellFormed();
        expect(line(withoutControls(`${clean}${sign}${clean}`, false), 1000)).toHaveProperty('value');
        expect(prose(withoutControls(`${clean}${sign}${clean}`, true), 1000)).toHaveProperty('value');
      }),
    );
    expect(withoutControls('a\u0007\u202eb\tc\nd\u0000', false)).toBe('ab\tc\nd\u0000');
    expect(withoutControls('a\u0007\u202eb', true)).toBe('a\u202eb');
  });
});

describe('what is shown back', () => {
  test('is short, on one line, and well formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.oneof(high, low), (words, half) => {
        const back = shown(`${words}${half}`);
        expect(back.length).toBeLessThanOrEqual(61);
        expect(back.isWellFormed()).toBe(true);
        expect(/\p{Cc}/u.test(back)).toBe(false);
      }),
    );
  });

  test('is what was sent, where that is harmless', () => {
    expect(quoted('30 Feb 2026')).toBe('"30 Feb 2026"');
    expect(quoted(5)).toBe('"5"');
    expect(quoted(undefined)).toBe('"undefined"');
    expect(quoted({ a: 1 })).toBe('"{"a":1}"');
  });
});

describe('a sentence that gives a reason', () => {
  test.each([
    'It can wait.',
    'Budget refused',
    'Kein Geld da',
    'नहीं है अभी',
    '予算がありません',
    'ไม่มีงบประมาณ',
  ])('%s', (words) => expect(isSentence(words)).toBe(true));

  test.each([
    '',
    'ok',
    'because',
    'later on',
    '12345',
    'n/a',
    'to be decided',
    'not applicable',
    'aaa aaa aaa',
    '後で',
    '- . -',
  ])('not "%s"', (words) => expect(isSentence(words)).toBe(false));
});
