import { expect, test } from 'vitest';
import { hex, leavesTo, sha256, text } from '../test/kit.ts';
import { toBase64 } from './base64.ts';
import { concat, toHex } from './bytes.ts';
import { TlogError } from './errors.ts';
import { append, emptyFrontier, rootOf } from './frontier.ts';
import { checkRoot, emptyRoot, hashAt, leafHash, nodeHash, packedRoot, treeRoot } from './hash.ts';

/** The eight leaves that implementations of RFC 6962 share as test input, and the roots of their trees of 0 to 8. */
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((entry) => leafHash(sha256, hex(entry)));
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test.each(roots.map((root, size) => [size, root] as const))('the known root of %i leaves', (size, root) => {
  expect(toHex(treeRoot(sha256, leaves.slice(0, size)))).toBe(root);
  expect(toHex(packedRoot(sha256, concat(leaves.slice(0, size))))).toBe(root);
  expect(toHex(rootOf(sha256, append(sha256, emptyFrontier, leaves.slice(0, size))))).toBe(root);
});

test('the root of nothing is SHA-256 of nothing', () => {
  expect(toBase64(emptyRoot(sha256))).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
});

test('leaves and nodes are told apart by their first byte, RFC 6962 §2.1', () => {
  const [left, right] = leavesTo(2);
  if (!left || !right) throw new Error('two leaves');
  expect(nodeHash(sha256, left, right)).toEqual(sha256(Uint8Array.of(1), left, right));
  expect(leafHash(sha256, concat([left, right]))).toEqual(sha256(Uint8Array.of(0), left, right));
  expect(nodeHash(sha256, left, right)).not.toEqual(leafHash(sha256, concat([left, right])));
  expect(nodeHash(sha256, left, right)).not.toEqual(nodeHash(sha256, right, left));
});

test('an entry of any length is hashed whole', () => {
  for (const length of [0, 1, 65_534, 65_535, 65_536, 200_000]) {
    const entry = new Uint8Array(length).fill(7);
    expect(leafHash(sha256, entry)).toEqual(sha256(Uint8Array.of(0), entry));
  }
});

test('making a root leaves the hashes as they were', () => {
  const packed = concat(leavesTo(13));
  const before = toHex(packed);
  packedRoot(sha256, packed);
  expect(toHex(packed)).toBe(before);
  const fromDatabase = Buffer.from(packed);
  expect(packedRoot(sha256, fromDatabase)).toEqual(packedRoot(sha256, packed));
  expect(fromDatabase.toString('hex')).toBe(before);
  expect(hashAt(packed, 12)).toEqual(leavesTo(13)[12]);
});

test('every node is told as finished once, with its hash, children before parents', () => {
  const finished = new Map<string, string>();
  const some = leavesTo(100);
  append(sha256, emptyFrontier, some, (level, index, hash) => {
    const place = `${level}/${index}`;
    expect(finished.has(place)).toBe(false);
    if (level > 0) expect(finished.has(`${level - 1}/${2 * index + 1}`)).toBe(true);
    expect(hash).toEqual(treeRoot(sha256, some.slice(index * 2 ** level, (index + 1) * 2 ** level)));
    finished.set(place, toHex(hash));
  });
  // 100 + 50 + 25 + 12 + 6 + 3 + 1
  expect(finished.size).toBe(197);
});

test('what is no list of hashes is refused', () => {
  expect(() => packedRoot(sha256, new Uint8Array(33))).toThrow(expect.objectContaining({ code: 'hash' }));
  expect(() => treeRoot(sha256, [text('short')])).toThrow('leaf 0: has 5 bytes, a hash has 32');
  expect(() => rootOf(sha256, { size: 3, nodes: [] })).toThrow(TlogError);
  expect(() => rootOf(sha256, { size: 0, nodes: leavesTo(1) })).toThrow(TlogError);
});

test('a root that differs is named with both hashes', () => {
  const [one, other] = leavesTo(2);
  if (!one || !other) throw new Error('two leaves');
  expect(() => checkRoot(one, other, 'here')).toThrow(
    `here: leads to ${toHex(one)} and not to ${toHex(other)}`,
  );
});
