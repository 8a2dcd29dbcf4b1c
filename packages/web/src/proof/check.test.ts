import { fromBase64, toBase64 } from '@throughline/tlog/base64.ts';
import { describe, expect, test } from 'vitest';
import { type CheckAsk, check } from './check.ts';
import { verifierOf } from './ed25519.ts';
import { content, digestOf, entriesWith, logOf, record, signerOf, versionOf } from './test-log.ts';

const origin = 'aims.example.org/log/harbour';
const signer = await signerOf(origin);
const size = 300;
const at = 42;
const entries = entriesWith(size, at);
const log = await logOf(signer, entries);
const verify = verifierOf(crypto.subtle);
const tools = { verify, readTiles: log.readTiles };
const claimed = { record, version: 3, digest: digestOf(content) };

/** The same bytes with one bit turned. */
const turned = (base64: string): string => {
  const bytes = fromBase64(base64, 'hash');
  return toBase64(bytes.map((byte, place) => (place === 7 ? byte ^ 4 : byte)));
};

describe('an entry', () => {
  test('at every part of the tree is under the checkpoint', async () => {
    for (const index of [0, 1, at, 255, 256, size - 1]) {
      const proof = await log.prove(index);
      expect(await check({ type: 'entry', proof }, tools)).toEqual({
        outcome: 'holds',
        entry: index,
        size,
        note: log.note,
        vkey: signer.vkey,
        erased: false,
      });
    }
  });

  test.each([
    ['other bytes', 'not-in-log', { entry: '{"act":"session.ended"}' }],
    ['another place', 'not-in-log', { index: at + 1 }],
    ['a path too short', 'not-in-log', { proof: [] }],
    ['a path that cannot be read', 'unreadable', { proof: ['no hash'] }],
    ['a checkpoint that is none', 'unreadable', { checkpoint: 'nothing' }],
    ['a key that is none', 'signature', { vkey: 'nothing' }],
  ] as const)('with %s does not hold: %s', async (_what, fault, changed) => {
    const proof = { ...(await log.prove(at)), ...changed };
    const entry = 'index' in changed ? changed.index : at;
    expect(await check({ type: 'entry', proof }, tools)).toMatchObject({ outcome: 'fails', fault, entry });
  });

  test('with one bit turned in any hash of its path does not hold', async () => {
    const proof = await log.prove(at);
    for (const place of proof.proof.keys()) {
      const hashes = proof.proof.map((hash, index) => (index === place ? turned(hash) : hash));
      const found = await check({ type: 'entry', proof: { ...proof, proof: hashes } }, tools);
      expect(found).toMatchObject({ outcome: 'fails', fault: 'not-in-log' });
    }
  });

  test('under a checkpoint signed by another key, or changed after signing, does not hold', async () => {
    const other = await signerOf(origin);
    const proof = await log.prove(at);
    const changed = { ...proof, checkpoint: proof.checkpoint.replace(`\n${size}\n`, `\n${size + 1}\n`) };
    for (const forged of [{ ...proof, vkey: other.vkey }, changed])
      expect(await check({ type: 'entry', proof: forged }, tools)).toMatchObject({ fault: 'signature' });
  });

  test('other than the page showed is told', async () => {
    const proof = await log.prove(at);
    const leaf = [...fromBase64(proof.leaf, 'leaf')]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
    expect(await check({ type: 'entry', proof, leaf }, tools)).toMatchObject({ outcome: 'holds' });
    expect(await check({ type: 'entry', proof, leaf: leaf.replace(/^../, 'zz') }, tools)).toMatchObject({
      fault: 'entry-differs',
    });
  });
});

describe('a version', () => {
  const ask = async (changed: object = {}, over: object = {}): Promise<CheckAsk> => ({
    type: 'version',
    proof: { ...versionOf(await log.prove(at)), ...changed },
    claimed: { ...claimed, ...over },
  });

  test('whose content has the digest of its entry holds', async () => {
    expect(await check(await ask(), tools)).toMatchObject({ outcome: 'holds', entry: at, erased: false });
  });

  test('whose content was erased holds by entry and digest, and says so', async () => {
    expect(await check(await ask({ content: null }), tools)).toMatchObject({
      outcome: 'holds',
      erased: true,
    });
  });

  test.each([
    ['a field changed in the database', { content: { ...content, fields: { ...content.fields, level: 2 } } }],
    ['a link taken away', { content: { ...content, links: {} } }],
    ['another salt', { content: { ...content, salt: 'cd'.repeat(32) } }],
  ])('with %s does not match the log', async (_what, changed) => {
    const found = await check(await ask(changed), tools);
    expect(found).toMatchObject({ outcome: 'fails', fault: 'content-differs', entry: at });
  });

  test('is not proven by the entry of another record, version or digest', async () => {
    const fault = async (over: object) => check(await ask({}, over), tools);
    expect(await fault({ record: 'another' })).toMatchObject({ fault: 'other-version' });
    expect(await fault({ version: 2 })).toMatchObject({ fault: 'other-version' });
    expect(await fault({ digest: digestOf('else') })).toMatchObject({ fault: 'digest-differs' });
  });
});

describe('a checkpoint that is held', () => {
  const ask = (held: string, keys: readonly string[] = [signer.vkey]): CheckAsk => ({
    type: 'goes-on',
    held,
    newest: log.note,
    keys,
    log: '/log/harbour',
  });
  const first = (count: number) => logOf(signer, entries.slice(0, count));

  test.each([1, 2, 255, 256, 257, size])('of the first %i entries is gone on from', async (count) => {
    const { note } = await first(count);
    expect(await check(ask(note), tools)).toMatchObject({ outcome: 'goes-on', from: count, size });
  });

  test('of more entries shows that the log was set back', async () => {
    const { note } = await logOf(signer, [...entries, 'one more']);
    expect(await check(ask(note), tools)).toMatchObject({ outcome: 'fails', fault: 'shrunk' });
  });

  test.each([1, 100, size])('of %i other entries shows that the log is another', async (count) => {
    const { note } = await logOf(signer, entries.slice(0, count).with(0, 'something else'));
    expect(await check(ask(note), tools)).toMatchObject({ outcome: 'fails', fault: 'forked' });
  });

  test('of another log, of an unknown key, or of no form, is told apart', async () => {
    const { note: other } = await logOf(await signerOf(`${origin}/2`), entries);
    expect(await check(ask(other), tools)).toMatchObject({ fault: 'other-log' });
    const { note: forged } = await logOf(await signerOf(origin), entries.slice(0, 10));
    expect(await check(ask(forged), tools)).toMatchObject({ fault: 'signature' });
    expect(await check(ask('typed by hand'), tools)).toMatchObject({ fault: 'other-log' });
    expect(await check(ask(`${origin}\n12`), tools)).toMatchObject({ fault: 'unreadable' });
  });

  test('signed by an earlier key is accepted where that key is known', async () => {
    const earlier = await signerOf(origin);
    const { note } = await logOf(earlier, entries.slice(0, 100));
    expect(await check(ask(note, [signer.vkey, earlier.vkey]), tools)).toMatchObject({ outcome: 'goes-on' });
  });

  test('cannot be checked while a tile is not answered: that is no verdict', async () => {
    const { note } = await first(100);
    const readTiles = async () => Promise.reject(new Error('404'));
    await expect(check(ask(note), { verify, readTiles })).rejects.toThrow('404');
  });
});

describe('a browser without Ed25519', () => {
  const unsupported = { importKey: async () => Promise.reject(new DOMException('no', 'NotSupportedError')) };
  const older = { ...unsupported, verify: crypto.subtle.verify };

  test.each([
    ['in an older browser', older],
    ['over plain HTTP', undefined],
  ])('says that it cannot, and gives no verdict: %s', async (_where, subtle) => {
    const proof = await log.prove(at);
    const found = await check({ type: 'entry', proof }, { ...tools, verify: verifierOf(subtle) });
    expect(found).toEqual({ outcome: 'cannot' });
  });
});
