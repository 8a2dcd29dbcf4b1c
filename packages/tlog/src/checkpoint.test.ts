import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyPair, logKey, logName, logPair, manyRefusals, sha256, text, verifyEd25519 } from '../test/kit.ts';
import { signed } from '../test/log.ts';
import { toBase64 } from './base64.ts';
import { type Checkpoint, formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { TlogError } from './errors.ts';
import { emptyRoot } from './hash.ts';
import { verifierKey } from './key.ts';
import { formatNote } from './note.ts';
import { cosignText, signText } from './signing.ts';

manyRefusals();

const root = emptyRoot(sha256);
const checkpoint: Checkpoint = { origin: logName, size: 20_852_163, root, extensions: [] };
const body = `${logName}\n20852163\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`;
const witness = keyPair(7);
const witnessKey = verifierKey(sha256, 'witness.example', witness.publicKey, 'cosignature');

test('origin, size and root in lines', () => {
  expect(formatCheckpoint(checkpoint)).toBe(body);
  expect(parseCheckpoint(body)).toEqual(checkpoint);
});

test('further lines are kept', () => {
  const extended = { ...checkpoint, extensions: ['Timestamp: 1679315147', 'another one'] };
  expect(parseCheckpoint(formatCheckpoint(extended))).toEqual(extended);
});

test.each([
  ['nothing', '', 'note'],
  ['one newline', '\n', 'checkpoint'],
  ['two lines', `${logName}\n1\n`, 'checkpoint'],
  ['no origin', body.replace(logName, ''), 'checkpoint'],
  ['no newline at the end', body.slice(0, -1), 'note'],
  ['an empty line at the end', `${body}\n`, 'checkpoint'],
  ['an empty line among further ones', `${body}one\n\ntwo\n`, 'checkpoint'],
  ['line ends of Windows', body.replaceAll('\n', '\r\n'), 'note'],
  ['a size with a leading zero', body.replace('20852163', '020852163'), 'number'],
  ['a negative size', body.replace('20852163', '-1'), 'number'],
  ['a size with a sign', body.replace('20852163', '+1'), 'number'],
  ['a size with a space', body.replace('20852163', '1 '), 'number'],
  ['a size in hexadecimal', body.replace('20852163', '0x10'), 'number'],
  ['a size of 2^64 - 1', body.replace('20852163', '18446744073709551615'), 'number'],
  ['no size', body.replace('20852163', ''), 'number'],
  ['a root that is not canonical', body.replace('uFU=', 'uFV='), 'encoding'],
  ['a root without padding', body.replace('uFU=', 'uFU'), 'encoding'],
  ['a root in hexadecimal', body.replace(toBase64(root), 'e3b0c442'.repeat(8)), 'hash'],
  ['a root of 31 bytes', body.replace(toBase64(root), toBase64(root.subarray(1))), 'hash'],
  ['a zero byte', body.replace('log', 'l\u0000g'), 'note'],
])('a checkpoint with %s is refused', (_, wrong, code) => {
  expect(() => parseCheckpoint(wrong)).toThrow(expect.objectContaining({ code }));
});

test('no checkpoint is written that could not be read', () => {
  const wrong: [Partial<Checkpoint>, string][] = [
    [{ origin: '' }, 'checkpoint'],
    [{ origin: 'a\nb' }, 'checkpoint'],
    [{ origin: 'a\tb' }, 'note'],
    [{ size: -1 }, 'number'],
    [{ size: 2 ** 53 }, 'number'],
    [{ size: 1.5 }, 'number'],
    [{ root: root.subarray(1) }, 'hash'],
    [{ extensions: [''] }, 'checkpoint'],
    [{ extensions: ['a\n\nb'] }, 'checkpoint'],
  ];
  for (const [change, code] of wrong)
    expect(() => formatCheckpoint({ ...checkpoint, ...change })).toThrow(expect.objectContaining({ code }));
});

test('any text is a checkpoint in its one form, or refused as none', () => {
  const line = fc.constantFrom(
    logName,
    '0',
    '1',
    '01',
    '-1',
    '20852163',
    toBase64(root),
    'AAAA',
    '',
    ' ',
    '\r',
    'ü',
  );
  const near = fc.array(line, { maxLength: 6 }).map((lines) => lines.map((one) => `${one}\n`).join(''));
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (any) => {
      let read: Checkpoint;
      try {
        read = parseCheckpoint(any);
      } catch (error) {
        expect(error).toBeInstanceOf(TlogError);
        return;
      }
      expect(formatCheckpoint(read)).toBe(any);
    }),
    { numRuns: 300 },
  );
});

describe('a signed checkpoint', () => {
  test('is opened with the key of the log', async () => {
    const note = await signed(checkpoint);
    const expected = { ...checkpoint, verified: [{ key: logKey, time: null }] };
    expect(await openCheckpoint(note, logKey, verifyEd25519)).toEqual(expected);
    expect(await openCheckpoint(text(note), logKey, verifyEd25519)).toEqual(expected);
  });

  test('also says which known witnesses saw it, and when', async () => {
    const signatures = [
      await signText(body, logKey, logPair.sign),
      await cosignText(body, witnessKey, 1_700_000_000, witness.sign),
    ];
    const note = formatNote({ text: body, signatures });
    const opened = await openCheckpoint(note, logKey, verifyEd25519, [witnessKey]);
    expect(opened.verified).toEqual([
      { key: logKey, time: null },
      { key: witnessKey, time: 1_700_000_000 },
    ]);
    expect((await openCheckpoint(note, logKey, verifyEd25519)).verified).toHaveLength(1);
  });

  test('needs the signature of the log: a witness alone is not enough', async () => {
    const signatures = [await cosignText(body, witnessKey, 1_700_000_000, witness.sign)];
    const note = formatNote({ text: body, signatures });
    await expect(openCheckpoint(note, logKey, verifyEd25519, [witnessKey])).rejects.toMatchObject({
      code: 'signature',
      message: `note: is not signed by the log, ${logKey.name} ${logKey.id}`,
    });
  });

  test('of another log is refused though the key signed it', async () => {
    const note = await signed({ ...checkpoint, origin: 'log.example/other' });
    await expect(openCheckpoint(note, logKey, verifyEd25519)).rejects.toMatchObject({
      code: 'origin',
      at: 'line 1',
    });
  });

  test('that is no checkpoint is refused though the key signed it', async () => {
    const note = formatNote({
      text: 'hello\n',
      signatures: [await signText('hello\n', logKey, logPair.sign)],
    });
    await expect(openCheckpoint(note, logKey, verifyEd25519)).rejects.toMatchObject({ code: 'checkpoint' });
  });

  test('is not looked into before its signature holds', async () => {
    const note = (await signed(checkpoint)).replace('20852163', 'many');
    await expect(openCheckpoint(note, logKey, verifyEd25519)).rejects.toMatchObject({ code: 'signature' });
  });
});
