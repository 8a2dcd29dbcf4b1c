import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leavesTo, sha256 } from '../test/kit.ts';
import { append, emptyFrontier, foldRight, rootOf } from './frontier.ts';
import { nodeHash, treeRoot } from './hash.ts';

const leaves = leavesTo(300);

test('leaves appended one by one, in any batches or at once make the same frontier', () => {
  const atOnce = append(sha256, emptyFrontier, leaves);
  fc.assert(
    fc.property(fc.array(fc.nat(60), { maxLength: 30 }), (batches) => {
      let frontier = emptyFrontier;
      for (const count of [...batches, leaves.length])
        frontier = append(sha256, frontier, leaves.slice(frontier.size, frontier.size + count));
      expect(frontier).toEqual(atOnce);
    }),
    { numRuns: 30 },
  );
});

test('there is one node for each bit of the size, the largest first', () => {
  for (const size of [0, 1, 2, 3, 7, 8, 255, 256, 300]) {
    const { nodes } = append(sha256, emptyFrontier, leaves.slice(0, size));
    expect(nodes).toHaveLength(size.toString(2).replaceAll('0', '').length);
  }
  const { nodes } = append(sha256, emptyFrontier, leaves.slice(0, 6));
  expect(nodes).toEqual([treeRoot(sha256, leaves.slice(0, 4)), treeRoot(sha256, leaves.slice(4, 6))]);
});

test('a frontier that was handed in stays as it was', () => {
  const before = append(sha256, emptyFrontier, leaves.slice(0, 7));
  const nodes = [...before.nodes];
  append(sha256, before, leaves.slice(7, 9));
  expect(before).toEqual({ size: 7, nodes });
  expect(emptyFrontier).toEqual({ size: 0, nodes: [] });
});

test('leaves may come from anything that can be gone through once', () => {
  function* some() {
    yield* leaves.slice(0, 5);
  }
  const frontier = append(sha256, emptyFrontier, some());
  expect(rootOf(sha256, frontier)).toEqual(treeRoot(sha256, leaves.slice(0, 5)));
});

test('nodes are joined from the right', () => {
  const [a, b, c] = leaves;
  if (!a || !b || !c) throw new Error('three leaves');
  expect(foldRight(sha256, [])).toBeUndefined();
  expect(foldRight(sha256, [a])).toEqual(a);
  expect(foldRight(sha256, [a, b, c])).toEqual(nodeHash(sha256, a, nodeHash(sha256, b, c)));
});
