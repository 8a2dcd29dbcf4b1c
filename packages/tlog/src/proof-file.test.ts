import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  entryOf,
  flip,
  keyPair,
  leafOf,
  leavesTo,
  logKey,
  readerOf,
  sha256,
  text,
  verifyEd25519,
} from '../test/kit.ts';
import { entriesTo, logOf } from '../test/log.ts';
import { proveInclusion } from './inclusion.ts';
import { verifierKey } from './key.ts';
import { formatProofFile, type ProofFile, parseProofFile } from './proof-file.ts';
import { verifyProofFile } from './verify-proof.ts';

const size = 600;
const { files } = await logOf(entriesTo(size));
const checkpoint = new TextDecoder().decode(files.get('checkpoint'));
const read = readerOf(leavesTo(size));
const proofOf = (index: number): ProofFile => ({
  extra: null,
  index,
  proof: proveInclusion(sha256, index, size, read),
  checkpoint,
});
const checker = { sha256, verify: verifyEd25519, key: logKey };
const file = formatProofFile({ ...proofOf(300), extra: text('{"ref":"SYS-42"}') });

describe('the form of a proof', () => {
  test('lines in the order of the specification, then the checkpoint to the byte', () => {
    const [head, ...rest] = file.split('\n\n');
    expect(rest.join('\n\n')).toBe(checkpoint);
    const lines = head?.split('\n') ?? [];
    expect(lines.slice(0, 3)).toEqual([
      'c2sp.org/tlog-proof@v1',
      'extra eyJyZWYiOiJTWVMtNDIifQ==',
      'index 300',
    ]);
    expect(lines.slice(3)).toHaveLength(10);
    expect(parseProofFile(file)).toEqual({ ...proofOf(300), extra: text('{"ref":"SYS-42"}') });
  });

  test('without extra data its line is left out; a proof in a tree of one has no hashes', async () => {
    const one = await logOf(entriesTo(1));
    const note = new TextDecoder().decode(one.files.get('checkpoint'));
    const least = formatProofFile({ extra: null, index: 0, proof: [], checkpoint: note });
    expect(least).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${note}`);
    expect(parseProofFile(least)).toEqual({ extra: null, index: 0, proof: [], checkpoint: note });
    const proven = await verifyProofFile(least, entryOf(0), checker);
    expect(proven).toMatchObject({ index: 0, checkpoint: { size: 1 } });
  });

  test('every proof is read as what it was written from', () => {
    const proofs = fc.record({
      extra: fc.option(fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Uint8Array.from(bytes))),
      index: fc.maxSafeNat(),
      proof: fc.array(fc.nat(500).map(leafOf), { maxLength: 53 }),
      checkpoint: fc.constant(checkpoint),
    });
    fc.assert(
      fc.property(proofs, (proof) => {
        expect(parseProofFile(formatProofFile(proof))).toEqual(proof);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['nothing', ''],
    ['another first line', file.replace('@v1', '@v2')],
    ['a space before it', ` ${file}`],
    ['a byte order mark before it', `\ufeff${file}`],
    ['line ends of Windows', file.replaceAll('\n', '\r\n')],
    ['no index', file.replace('index 300\n', '')],
    ['two indexes', file.replace('index 300\n', 'index 300\nindex 300\n')],
    ['an index with a leading zero', file.replace('index 300', 'index 0300')],
    ['a negative index', file.replace('index 300', 'index -1')],
    ['an index of 2^64 - 1', file.replace('index 300', 'index 18446744073709551615')],
    ['an index with a space behind', file.replace('index 300', 'index 300 ')],
    ['index before extra', file.replace(/(extra .*\n)(index .*\n)/, '$2$1')],
    ['empty extra data', file.replace(/extra .*\n/, 'extra \n')],
    ['extra data that is not canonical', file.replace('fQ==', 'fR==')],
    ['a hash that is not canonical', file.replace(/=\n\n/, '\n\n')],
    ['a hash of 33 bytes', file.replace('\n\n', `\n${'A'.repeat(44)}\n\n`)],
    ['54 hashes', formatProofFile({ ...proofOf(0), proof: leavesTo(54) })],
    ['no empty line', file.replace('\n\n', '\n')],
    ['no checkpoint', file.slice(0, file.indexOf('\n\n') + 2)],
    ['a checkpoint without a signature', file.slice(0, file.indexOf('—'))],
    ['something behind', `${file}x`],
    ['half of a surrogate pair', file.replace('SYS', '\ud800').replace('extra e', 'extra \udc00')],
    ['more than a proof can hold', `${file}${'x'.repeat(1_300_000)}`],
  ])('a proof with %s is refused', (_, wrong) => {
    expect(() => parseProofFile(wrong)).toThrow(expect.objectContaining({ name: 'TlogError' }));
  });

  test('cut off after any byte it is refused', () => {
    for (let length = 0; length < file.length; length += 1)
      expect(() => parseProofFile(file.slice(0, length))).toThrow(
        expect.objectContaining({ name: 'TlogError' }),
      );
  });

  test('no proof is written that could not be read', () => {
    const proof = proofOf(1);
    expect(() => formatProofFile({ ...proof, index: -1 })).toThrow(
      expect.objectContaining({ code: 'number' }),
    );
    expect(() => formatProofFile({ ...proof, extra: text('') })).toThrow('leave it out');
    expect(() => formatProofFile({ ...proof, proof: [text('short')] })).toThrow('proof[0]');
    expect(() => formatProofFile({ ...proof, checkpoint: 'unsigned\n' })).toThrow(
      expect.objectContaining({ code: 'note' }),
    );
  });
});

describe('checking a proof without the log', () => {
  test('every entry of the log is proven by its file, and no other entry is', async () => {
    for (let index = 0; index < size; index += 7) {
      const written = formatProofFile(proofOf(index));
      expect(await verifyProofFile(written, entryOf(index), checker)).toMatchObject({ index });
      await expect(verifyProofFile(written, entryOf(index + 1), checker)).rejects.toMatchObject({
        code: 'root-differs',
        at: `inclusion of ${index}`,
      });
    }
  });

  test('the file may come as bytes or already read', async () => {
    expect(await verifyProofFile(text(file), entryOf(300), checker)).toMatchObject({ index: 300 });
    expect(await verifyProofFile(parseProofFile(file), entryOf(300), checker)).toMatchObject({
      index: 300,
      entry: entryOf(300),
      checkpoint: { size, verified: [{ key: logKey, time: null }] },
    });
  });

  test('a bit turned over in any hash is refused', async () => {
    const proof = proofOf(300);
    for (const [at, hash] of proof.proof.entries()) {
      const wrong = { ...proof, proof: proof.proof.with(at, flip(hash, at * 11)) };
      await expect(verifyProofFile(wrong, entryOf(300), checker)).rejects.toMatchObject({
        code: 'root-differs',
      });
    }
  });

  test('the wrong index, another key, an altered checkpoint: each is named', async () => {
    const other = verifierKey(sha256, logKey.name, keyPair(4).publicKey);
    const proof = proofOf(300);
    await expect(verifyProofFile({ ...proof, index: 600 }, entryOf(300), checker)).rejects.toMatchObject({
      code: 'range',
    });
    await expect(verifyProofFile({ ...proof, index: 301 }, entryOf(300), checker)).rejects.toMatchObject({
      code: 'root-differs',
    });
    await expect(verifyProofFile(proof, entryOf(300), { ...checker, key: other })).rejects.toMatchObject({
      code: 'signature',
    });
    const resized = { ...proof, checkpoint: checkpoint.replace('600', '601') };
    await expect(verifyProofFile(resized, entryOf(300), checker)).rejects.toMatchObject({
      code: 'signature',
    });
  });

  test('extra data proves nothing: whatever it says, the entry decides', async () => {
    const lying = { ...proofOf(300), extra: text('entry 299') };
    expect(await verifyProofFile(lying, entryOf(300), checker)).toMatchObject({ index: 300 });
    await expect(verifyProofFile(lying, lying.extra, checker)).rejects.toMatchObject({
      code: 'root-differs',
    });
  });
});
