import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fresh, makeWorld, type World } from '../../test/every-route/world.ts';

/** What the generated tests stand on: the look at the tables sees rows that were changed, not only those that came or went. */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const looks = () => Promise.all([world.written(), world.writtenIn(world.manager.organisation), world.mark()]);

/** What is looked at once nothing moves any more: rules still work out what was made a moment ago. */
async function still() {
  let last = await looks();
  const stays = async () => {
    const before = last;
    last = await looks();
    return isDeepStrictEqual(last, before);
  };
  await expect.poll(stays).toBe(true);
  return last;
}

test('an update of one row is seen, one that is taken back is not', async () => {
  const { id } = await fresh(world);
  const { owner } = world.server.store;
  const before = await still();
  const client = await owner.connect();
  await client.query('begin');
  await client.query('update record set title = title where id = $1', [id]);
  await client.query('rollback');
  client.release();
  expect((await looks()).slice(0, 2)).toEqual(before.slice(0, 2));
  await owner.query('update record set title = title where id = $1', [id]);
  const after = await looks();
  for (const [at, look] of before.entries()) expect(after[at]).not.toBe(look);
});
