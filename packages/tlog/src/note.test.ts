import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyPair, logKey, logPair, manyRefusals, sha256, text, verifyEd25519 } from '../test/kit.ts';
import { toBase64 } from './base64.ts';
import { concat } from './bytes.ts';
import { TlogError } from './errors.ts';
import { formatKey, isKeyName, parseKey, verifierKey } from './key.ts';
import { formatNote, formatSignature, type NoteSignature, parseNote, parseSignature } from './note.ts';
import { cosignText, openNote, signText } from './signing.ts';

manyRefusals();

const body = 'one\n\ntwo\n';
const signature = await signText(body, logKey, logPair.sign);
const note = formatNote({ text: body, signatures: [signature] });
const other = keyPair(2);
const otherKey = verifierKey(sha256, 'other.example', other.publicKey);
const witness = keyPair(3);
const witnessKey = verifierKey(sha256, 'witness.example/w1', witness.publicKey, 'cosignature');

describe('keys', () => {
  test('the example key of the format is read and written back', () => {
    const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    const key = parseKey(sha256, vkey);
    expect(key).toMatchObject({ name: 'example.com/foo', id: '530d903a', use: 'note' });
    expect(key.publicKey).toHaveLength(32);
    expect(formatKey(key)).toBe(vkey);
  });

  test('so is the key of another implementation of logs', () => {
    const vkey = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';
    expect(formatKey(parseKey(sha256, vkey))).toBe(vkey);
  });

  test('the same key has another id for another use or under another name', () => {
    const ids = [
      verifierKey(sha256, 'a.example', other.publicKey),
      verifierKey(sha256, 'a.example', other.publicKey, 'cosignature'),
      verifierKey(sha256, 'b.example', other.publicKey),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(parseKey(sha256, formatKey(witnessKey))).toEqual(witnessKey);
  });

  const encoded = toBase64(concat([Uint8Array.of(1), other.publicKey]));
  test.each([
    ['nothing', ''],
    ['a name alone', 'a.example'],
    ['no id', `a.example+${encoded}`],
    ['an id of another key', `a.example+00000000+${encoded}`],
    ['an id in upper case', formatKey(logKey).replace(logKey.id, logKey.id.toUpperCase().padEnd(8, 'A'))],
    ['a short id', `a.example+123+${encoded}`],
    ['no name', `+${otherKey.id}+${encoded}`],
    ['a space in the name', `a example+${otherKey.id}+${encoded}`],
    ['a line break at the end', `${formatKey(logKey)}\n`],
    [
      'a key of 31 bytes',
      `a.example+${otherKey.id}+${toBase64(concat([Uint8Array.of(1), new Uint8Array(31)]))}`,
    ],
    ['a type that is not known', `a.example+${otherKey.id}+${toBase64(new Uint8Array(33).fill(2))}`],
    ['no bytes', `a.example+${otherKey.id}+====`],
    ['half of a surrogate pair', formatKey(logKey).replace('log.', 'log\ud800')],
  ])('a key with %s is refused', (_, vkey) => {
    expect(() => parseKey(sha256, vkey)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(key|encoding)$/) }),
    );
  });

  test('names have no space of any script, no plus and no control character', () => {
    expect(isKeyName('log.example/a-b_c~ü')).toBe(true);
    for (const character of [
      '+',
      ' ',
      '\t',
      '\n',
      '\u0000',
      '\u0085',
      '\u00a0',
      '\u2003',
      '\u3000',
      '\u2028',
    ])
      expect(isKeyName(`a${character}b`), JSON.stringify(character)).toBe(false);
    expect(isKeyName('')).toBe(false);
    expect(() => verifierKey(sha256, 'a b', other.publicKey)).toThrow(
      expect.objectContaining({ code: 'key' }),
    );
    expect(() => verifierKey(sha256, 'a', new Uint8Array(31))).toThrow('Ed25519 has 32');
  });
});

describe('the form of a note', () => {
  test('text, an empty line, signature lines; the text may hold empty lines', () => {
    expect(note).toMatch(/^one\n\ntwo\n\n— log\.example\/audit [A-Za-z0-9+/]+={0,2}\n$/);
    expect(parseNote(note)).toEqual({ text: body, signatures: [signature] });
    expect(parseNote(text(note))).toEqual(parseNote(note));
    expect(formatNote(parseNote(note))).toBe(note);
  });

  const line = formatSignature(signature);
  test.each([
    ['nothing', ''],
    ['text alone', body],
    ['an empty line but no signature', `${body}\n`],
    ['no empty line before the signatures', `one\n${line}`],
    ['no newline at the end', note.slice(0, -1)],
    ['something after the signatures', `${note}x`],
    ['an empty line after the signatures', `${note}\n`],
    ['text between the signatures', `${note}x\n${line}`],
    ['line ends of Windows', note.replaceAll('\n', '\r\n')],
    ['one carriage return', note.replace('one', 'one\r')],
    ['a tab', note.replace('one', 'o\tne')],
    ['a zero byte', note.replace('one', 'o\u0000ne')],
    ['a hyphen for the dash', note.replace('—', '-')],
    ['two spaces', note.replace('— ', '—  ')],
    ['a space at the end of the line', note.replace(/\n$/, ' \n')],
    ['a plus in the name', note.replace('log.example/audit', 'log+audit')],
    ['base64 that is not canonical', note.replace(/=*\n$/, '\n')],
    ['a signature of four bytes', `one\n\n— a.example ${toBase64(new Uint8Array(4))}\n`],
    ['half of a surrogate pair', note.replace('one', '\ud800')],
    ['101 signatures', `one\n\n${line.repeat(101)}`],
    ['a million characters', `${'x'.repeat(1_000_001)}${note}`],
  ])('a note with %s is refused', (_, wrong) => {
    expect(() => parseNote(wrong)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(note|encoding)$/) }),
    );
  });

  test('bytes that are not UTF-8 are refused', () => {
    expect(() => parseNote(Uint8Array.of(0xff, 0x0a, 0x0a))).toThrow(
      expect.objectContaining({ code: 'encoding', at: 'note' }),
    );
  });

  test('a refused signature line is named by its number', () => {
    expect(() => parseNote(`${note}x\n`)).toThrow(expect.objectContaining({ code: 'note', at: 'line 6' }));
  });

  test('no note is written that could not be read', () => {
    const wrong: [string, NoteSignature[]][] = [
      ['no newline', [signature]],
      ['a\ttab\n', [signature]],
      ['fine\n', []],
      ['fine\n', [{ ...signature, name: 'a b' }]],
      ['fine\n', [{ ...signature, keyId: 'ABCDEF00' }]],
      ['fine\n', [{ ...signature, keyId: '123' }]],
      ['fine\n', [{ ...signature, bytes: new Uint8Array() }]],
    ];
    for (const [content, signatures] of wrong)
      expect(() => formatNote({ text: content, signatures })).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^(note|key)$/) }),
      );
  });

  test('any bytes are read or refused, and what was read is written back as it was', () => {
    const near = fc
      .array(fc.constantFrom('one\n', '\n', line, '— ', 'a.example ', 'AAAAAAA=', '\r', ' ', '\n\n'), {
        maxLength: 8,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (wrong) => {
        let read: ReturnType<typeof parseNote>;
        try {
          read = parseNote(wrong);
        } catch (error) {
          expect(error).toBeInstanceOf(TlogError);
          return;
        }
        expect(formatNote(read)).toBe(wrong);
      }),
      { numRuns: 300 },
    );
  });
});

describe('signatures', () => {
  test('one of a known key is verified', async () => {
    const opened = await openNote(parseNote(note), [otherKey, logKey], verifyEd25519);
    expect(opened).toEqual({ text: body, verified: [{ key: logKey, time: null }], unknown: [] });
  });

  test('a changed letter of the text, a changed bit of the signature: refused', async () => {
    const changed = parseNote(note.replace('two', 'twO'));
    await expect(openNote(changed, [logKey], verifyEd25519)).rejects.toMatchObject({
      code: 'signature',
      at: `signature of ${logKey.name}`,
    });
    for (let bit = 0; bit < 512; bit += 1) {
      const bytes = signature.bytes.with(bit >> 3, (signature.bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
      const altered = { text: body, signatures: [{ ...signature, bytes }] };
      await expect(openNote(altered, [logKey], verifyEd25519)).rejects.toMatchObject({ code: 'signature' });
    }
  });

  test('a signature of another length never reaches the check', async () => {
    for (const length of [1, 63, 65, 72]) {
      const altered = { text: body, signatures: [{ ...signature, bytes: new Uint8Array(length) }] };
      const opening = openNote(altered, [logKey], () => true);
      await expect(opening).rejects.toThrow(`has ${length} bytes where 64 belong`);
    }
  });

  test('those of unknown keys are passed over, even under a known name or a known id', async () => {
    const strangers: NoteSignature[] = [
      { name: logKey.name, keyId: otherKey.id, bytes: new Uint8Array(64) },
      { name: otherKey.name, keyId: logKey.id, bytes: new Uint8Array(3) },
      { name: 'ecdsa.example', keyId: '01020304', bytes: new Uint8Array(2_420) },
    ];
    const mixed = parseNote(formatNote({ text: body, signatures: [...strangers, signature] }));
    const opened = await openNote(mixed, [logKey], verifyEd25519);
    expect(opened.verified).toHaveLength(1);
    expect(opened.unknown).toEqual(strangers);
    const alone = parseNote(formatNote({ text: body, signatures: strangers }));
    await expect(openNote(alone, [logKey], verifyEd25519)).rejects.toThrow(
      'is signed by none of the known keys',
    );
    await expect(openNote(parseNote(note), [], verifyEd25519)).rejects.toThrow('(none)');
  });

  test('a note with 100 signatures is read, with sixteen known ones all are verified', async () => {
    const pairs = Array.from({ length: 16 }, (_, at) => {
      const pair = keyPair(20 + at);
      return { pair, key: verifierKey(sha256, `k${at}.example`, pair.publicKey) };
    });
    const signatures = await Promise.all(pairs.map(({ pair, key }) => signText(body, key, pair.sign)));
    const strangers = Array.from({ length: 84 }, () => ({ ...signature, keyId: '00000000' }));
    const full = parseNote(formatNote({ text: body, signatures: [...strangers, ...signatures] }));
    const opened = await openNote(
      full,
      pairs.map(({ key }) => key),
      verifyEd25519,
    );
    expect([opened.verified.length, opened.unknown.length]).toEqual([16, 84]);
  });

  test('one known signature that does not hold refuses the note, whoever else signed', async () => {
    const bad = { ...signature, keyId: otherKey.id, name: otherKey.name };
    const mixed = parseNote(formatNote({ text: body, signatures: [signature, bad] }));
    await expect(openNote(mixed, [logKey, otherKey], verifyEd25519)).rejects.toMatchObject({
      code: 'signature',
    });
  });

  test('functions that answer later serve as well', async () => {
    const later = await signText(body, logKey, async (message) => logPair.sign(message));
    expect(later).toEqual(signature);
    const opened = await openNote({ text: body, signatures: [later] }, [logKey], async (...all) =>
      verifyEd25519(...all),
    );
    expect(opened.verified).toHaveLength(1);
  });
});

describe('cosignatures', () => {
  const time = 1_679_315_147;

  test('the message is header, time and the whole text', async () => {
    let message = '';
    await cosignText(body, witnessKey, time, (bytes) => {
      message = new TextDecoder().decode(bytes);
      return new Uint8Array(64);
    });
    expect(message).toBe(`cosignature/v1\ntime 1679315147\n${body}`);
  });

  test('stand beside the log, with their time', async () => {
    const cosignature = await cosignText(body, witnessKey, time, witness.sign);
    expect(cosignature.bytes).toHaveLength(72);
    const both = parseNote(formatNote({ text: body, signatures: [signature, cosignature] }));
    const opened = await openNote(both, [logKey, witnessKey], verifyEd25519);
    expect(opened.verified).toEqual([
      { key: logKey, time: null },
      { key: witnessKey, time },
    ]);
    const line = formatSignature(cosignature);
    expect(parseSignature(line.slice(0, -1), 'line 1')).toEqual(cosignature);
  });

  test('another time is another statement', async () => {
    const cosignature = await cosignText(body, witnessKey, time, witness.sign);
    for (let bit = 0; bit < 64; bit += 7) {
      const bytes = cosignature.bytes.with(bit >> 3, (cosignature.bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
      const opening = openNote(
        { text: body, signatures: [{ ...cosignature, bytes }] },
        [witnessKey],
        verifyEd25519,
      );
      await expect(opening).rejects.toMatchObject({ code: 'signature' });
    }
  });

  test('a time beyond 2^53 - 1 seconds is refused even where the signature holds', async () => {
    const bytes = concat([new Uint8Array(8).fill(255), new Uint8Array(64)]);
    const far = { name: witnessKey.name, keyId: witnessKey.id, bytes };
    await expect(openNote({ text: body, signatures: [far] }, [witnessKey], () => true)).rejects.toThrow(
      'names the time',
    );
  });

  test('keys do what they are for', async () => {
    await expect(signText(body, witnessKey, witness.sign)).rejects.toMatchObject({ code: 'key' });
    await expect(cosignText(body, logKey, time, logPair.sign)).rejects.toMatchObject({ code: 'key' });
    await expect(cosignText(body, witnessKey, 0.5, witness.sign)).rejects.toMatchObject({ code: 'number' });
    await expect(cosignText(body, witnessKey, -1, witness.sign)).rejects.toMatchObject({ code: 'number' });
    await expect(signText('no newline', logKey, logPair.sign)).rejects.toMatchObject({ code: 'note' });
  });
});
