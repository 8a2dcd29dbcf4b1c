import { registry } from '@throughline/domain/kinds/all.ts';
import { decideEdit, emptyContent } from '@throughline/domain/kinds/edit.ts';
import { expect, test } from 'vitest';
import { Random } from './random.ts';
import { sharedRecords } from './shared-records.ts';
import { ownRecords } from './system-records.ts';

const member = '0190a000-0000-7000-8000-000000000001';
const home = '0190a000-0000-7000-8000-000000000002';

test('everything that is generated could have been written by a person', () => {
  const random = new Random(7);
  const shared = sharedRecords(random, member);
  const own = ownRecords(random, { id: home, number: 1, member, shared });
  const targets = new Map(
    [...shared.records, ...own].map((record) => [record.id, { kind: record.kind, archived: false }]),
  );
  for (const record of [...shared.records.slice(0, 50), ...shared.records.slice(-120), ...own]) {
    const { fields, links } = record.content;
    const patch = {
      fields,
      links: Object.fromEntries(Object.entries(links).map(([name, set]) => [name, { set }])),
    };
    const edit = decideEdit(registry.get(record.kind), emptyContent, patch, targets);
    expect(edit.next.links).toEqual(links);
  }
});

test('the same seed gives the same organisation', () => {
  const words = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 20 }, () => random.day(2020, 2026));
  };
  expect(words(3)).toEqual(words(3));
  expect(words(3)).not.toEqual(words(4));
});
