import { createHash } from 'node:crypto';
import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { addBlob } from '../store/blobs.ts';
import { newId } from '../store/ids.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';

/** That a digest matches is found by comparing a file that is kept here, and typed over nothing else (7.5.3). */
const evidence = registry.get('evidence');
let kernel: TestKernel;
let organisation: string;
let manager: Actor;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  organisation = await kernel.organisation();
  manager = await kernel.member(organisation, ['aims-manager']);
});

const ctx = () => kernel.context(organisation, manager);
const sha = (words: string) => createHash('sha256').update(words).digest();
const make = (fields: object) =>
  createRecord(kernel.services, ctx(), evidence, { patch: { fields: { name: 'Minutes', ...fields } } });
const edit = (id: string, fields: object) =>
  editRecord(kernel.services, ctx(), evidence, {
    ...{ ref: id, version: null },
    patch: { fields: { ...fields } },
  });
const said = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: { items?: { at: string; message: string }[] }) => error.items ?? [String(error)],
  );
async function kept(words: string): Promise<string> {
  const id = newId();
  const bytes = Buffer.from(words);
  await kernel.store.change(ctx(), (write) =>
    addBlob(
      write,
      { id, name: 'minutes.txt', media: 'text/plain', size: bytes.length, digest: sha(words), bytes },
      manager,
    ),
  );
  return id;
}

const notHere = [
  { at: 'fields.integrity', message: expect.stringMatching(/^Integrity: nothing was compared/) },
];
const another = [{ at: 'fields.integrity', message: expect.stringMatching(/and another is named\.$/) }];
const matches = { integrity: 'matches' };

test('nobody types that a digest matches over what is not kept here', async () => {
  const elsewhere = { pointer: 'https://files.example/m', digest: `sha256:${'0'.repeat(64)}` };
  expect(await said(make(matches))).toEqual(notHere);
  expect(await said(make({ ...elsewhere, ...matches }))).toEqual(notHere);
  const { id } = await make({ ...elsewhere, integrity: 'unchecked' });
  expect(await said(edit(id, matches))).toEqual(notHere);
  // Bad news is anybody's: whoever looked and found another thing there says so.
  for (const integrity of ['differs', 'missing', 'unchecked'])
    expect(await said(edit(id, { integrity }))).toEqual([]);
});

test('of a file that is kept here it is said where the digest is the one named, and asked anew when one of them changes', async () => {
  const file = await kept('We met.');
  const digest = `sha256:${sha('We met.').toString('hex')}`;
  expect(await said(make({ file, digest: `sha256:${'0'.repeat(64)}`, ...matches }))).toEqual(another);
  expect(await said(make({ file, digest: digest.toUpperCase(), ...matches }))).toEqual([]);
  const { id } = await make({ file, ...matches });
  expect(await said(edit(id, { digest }))).toEqual([]);
  expect(await said(edit(id, { file: await kept('We did not meet.') }))).toEqual(another);
  expect(await said(edit(id, { digest: 'sha256:00' }))).toEqual(another);
  expect(await said(edit(id, { file: null }))).toEqual(notHere);
  expect(await said(edit(id, { name: 'Minutes of May' }))).toEqual([]);
});
