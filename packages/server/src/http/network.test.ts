import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkOf } from './network.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ['1:2:3:4:5:6:203.0.113.7', '1:2:3:4::/64'],
  ['203.0.113.7:40001', '203.0.113.7'],
  ['[2001:db8:5::1]:40001', '2001:db8:5:0::/64'],
  ['[2001:db8:5::1]', '2001:db8:5:0::/64'],
  ['unknown7', 'no address'],
  ['203.0.113.777:1', 'no address'],
  ['', 'no address'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

const group = fc.integer({ min: 0, max: 0xffff });
const four = fc.tuple(group, group, group, group);
const written = (numbers: readonly number[]) => numbers.map((one) => one.toString(16)).join(':');

test('all addresses of one /64 count as one, and those of two as two', () => {
  fc.assert(
    fc.property(four, four, four, (network, one, other) => {
      const full = networkOf(`${written(network)}:${written(one)}`);
      expect(networkOf(`${written(network)}:${written(other)}`)).toBe(full);
      const elsewhere = [...network.slice(0, 3), (network[3] + 1) % 0x10000];
      expect(networkOf(`${written(elsewhere)}:${written(one)}`)).not.toBe(full);
    }),
  );
});
