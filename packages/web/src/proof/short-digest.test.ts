import { expect, test } from 'vitest';
import { shortDigest, shortDigests } from './short-digest.ts';

const digest = '5b35165f76b5860baa2b60474d7f98c65a12b7aa2ccfcf3c1e30467474a91348';

test('a digest is shown by its beginning and its end', () => {
  expect(shortDigest(digest)).toBe('5b35 165f 76b5 860b … 1348');
});

test('a sentence keeps everything but the middle of its digests: ids and numbers stay whole', () => {
  const id = '01a20248-d91a-723c-84ff-744a8b27140c';
  expect(shortDigests(`approval, ${id}, entry 487: expected ${digest}, found ${digest}x`)).toBe(
    `approval, ${id}, entry 487: expected 5b35 165f 76b5 860b … 1348, found ${digest}x`,
  );
  expect(shortDigests('SYS-1 version 2 is not there')).toBe('SYS-1 version 2 is not there');
});
