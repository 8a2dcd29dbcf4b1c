import { registry } from '@throughline/domain/kinds/all.ts';
import { defineKind } from '@throughline/domain/kinds/kind.ts';
import { Registry } from '@throughline/domain/registry.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { createRecord } from '../records/create-record.ts';
import { eraseRecord } from '../records/erase-record.ts';
import { archiveRecord } from '../records/transition-record.ts';
import type { Context } from './context.ts';
import { refillWords, wordsSignature } from './refill-words.ts';
import { Store } from './store.ts';

let kernel: TestKernel;
let ctx: Context;
beforeAll(async () => {
  kernel = await testKernel();
  const organisation = await kernel.organisation();
  ctx = kernel.context(organisation, await kernel.member(organisation, ['admin', 'aims-manager']));
});
afterAll(() => kernel.close());

const system = registry.get('system');
const make = async (name: string) =>
  (await createRecord(kernel.services, ctx, system, { patch: { fields: { name, purpose: 'Café orders' } } }))
    .id;

async function words(id: string): Promise<string | undefined> {
  const { rows } = await kernel.store.owner.query<{ words: string }>(
    'select words::text from record_text where organisation = $1 and record = $2',
    [ctx.organisation, id],
  );
  return rows[0]?.words;
}
async function found(word: string, kind = 'system'): Promise<string[]> {
  return kernel.store.readWhole(ctx.organisation, async (reader) =>
    (
      await reader.run<{ record: string }>({
        name: 'found',
        text: 'select record from search_records($1::text::tsquery, $2, 10)',
        values: [word, kind],
      })
    ).map((row) => row.record),
  );
}

test('words that were made another way are made anew, and those of an erased record do not come back', async () => {
  const [kept, erased] = [await make('Sorts cafés'), await make('To be erased')];
  expect(await refillWords(kernel.store)).toContain('system');
  expect(await refillWords(kernel.store)).toEqual([]);
  const right = await words(kept);
  await archiveRecord(kernel.services, ctx, system, { ref: erased, version: null });
  await eraseRecord(kernel.services, ctx, system, { ref: erased, version: null, reason: 'law' });
  const afterErasing = await words(erased);
  // As an earlier release left them: accents kept, and another signature.
  await kernel.store.owner.query(
    `update record_text set words = to_tsvector('simple', 'sorts cafés') where organisation = $1 and record = $2`,
    [ctx.organisation, kept],
  );
  await kernel.store.owner.query("update words_signature set signature = 'earlier' where kind = 'system'");
  expect(await found('cafes')).toEqual([]);
  expect(await refillWords(kernel.store)).toEqual(['system']);
  expect(await found('cafes')).toEqual([kept]);
  expect(await words(kept)).toBe(right);
  expect(await words(erased)).toBe(afterErasing);
});

test('words that are right already are not written again', async () => {
  const id = await make('Stays as it is');
  await refillWords(kernel.store);
  const version = async () =>
    (
      await kernel.store.owner.query<{ xmin: string }>(
        'select xmin::text from record_text where organisation = $1 and record = $2',
        [ctx.organisation, id],
      )
    ).rows[0]?.xmin;
  const before = await version();
  await kernel.store.owner.query("delete from words_signature where kind = 'system'");
  expect(await refillWords(kernel.store)).toEqual(['system']);
  expect(await version()).toBe(before);
});

test('a declaration that names an option otherwise is found by the new name', async () => {
  const document = registry.get('document');
  const { type } = document.fields;
  if (type?.type !== 'choice') throw new Error('The type of a document is a choice');
  const { id } = await createRecord(kernel.services, ctx, document, {
    patch: { fields: { name: 'On AI', type: 'policy' } },
  });
  const options = type.options.map((one) => (one.id === 'policy' ? { ...one, label: 'Guiding words' } : one));
  const next = defineKind({ ...document, fields: { ...document.fields, type: { ...type, options } } });
  const changed = new Registry(registry.kinds.map((kind) => (kind.name === 'document' ? next : kind)));
  await refillWords(kernel.store);
  expect(await found('guiding', 'document')).toEqual([]);
  const store = new Store({ app: kernel.store.app, owner: kernel.store.owner }, changed);
  expect(await refillWords(store)).toEqual(['document']);
  expect(await found('guiding', 'document')).toEqual([id]);
});

test('the signature follows what reading words comes to, not a number that somebody must raise', () => {
  const other = (text: string) => text.normalize('NFC').toLowerCase();
  expect(wordsSignature(system)).toBe(wordsSignature(system));
  expect(wordsSignature(system, other)).not.toBe(wordsSignature(system));
  expect(wordsSignature(registry.get('risk'))).not.toBe(wordsSignature(system));
});
