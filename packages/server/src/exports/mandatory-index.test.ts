import type { MandatoryWire } from '@throughline/domain/wire.ts';
import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { indexFile, indexRows } from './mandatory-index.ts';

const yes = { state: 'yes', why: 'It is there.' } as const;
const policy: MandatoryWire = {
  id: 'MD-02',
  title: 'AI policy',
  clause: '5.2',
  nature: 'document',
  record: { id: 'd', ref: 'DOC-2', kind: 'document', title: '=Policy, "ours"', state: 'kept-up' },
  version: 3,
  owner: { id: 'm', name: 'Chief executive' },
  approvedOn: '2026-01-14',
  approval: {
    by: { member: 'm', name: 'Chief executive' },
    onBehalfOf: { member: 'b', name: 'Board' },
    waived: true,
  },
  due: '2027-01-14',
  exists: yes,
  approved: yes,
  current: { state: 'no', why: 'Its review was due on 2 Feb 2026.' },
  holds: null,
  ownerCanSpeak: { state: 'not-yet-judged', why: 'Nobody was asked.' },
  passes: false,
  action: null,
};
const computed: MandatoryWire = {
  ...policy,
  id: 'MD-11',
  title: 'Impact assessment results',
  clause: '8.4',
  nature: 'record',
  record: null,
  version: null,
  owner: null,
  approvedOn: null,
  approval: null,
  due: null,
  current: yes,
  holds: { state: 'no', why: 'Gaps stand.' },
};
const index = { asOf: '2026-11-21T12:00:00.000Z', mandatory: [policy], supporting: [computed] };

const textOf = async (format: 'csv' | 'json'): Promise<string> => {
  const pieces: string[] = [];
  for await (const piece of indexFile(index, format).body) pieces.push(String(piece));
  return pieces.join('');
};

test('one row for each item says document, version, dates, owner, four marks and what is missing', () => {
  const [first, second] = indexRows(index);
  expect(first).toEqual([
    'Mandatory',
    '5.2',
    'AI policy',
    'Document',
    'DOC-2',
    '=Policy, "ours"',
    3,
    '2026-01-14',
    'Chief executive',
    'Board',
    'Yes',
    '2027-01-14',
    'Chief executive',
    'Yes',
    'Yes',
    'No',
    'Not judged yet',
    'No',
    'Its review was due on 2 Feb 2026. Nobody was asked.',
    index.asOf,
  ]);
  // A computed item is judged by whether it holds, never by a document.
  expect(second?.slice(0, 7)).toEqual([
    'Supporting',
    '8.4',
    'Impact assessment results',
    'Record, computed',
    null,
    null,
    null,
  ]);
  expect(second?.[15]).toBe('No');
});

test('a file of commas carries what a spreadsheet would run as text', async () => {
  const text = await textOf('csv');
  expect(text.startsWith('\uFEFFPart,Clause,Item,')).toBe(true);
  expect(text).toContain(`"'=Policy, ""ours"""`);
  expect(text.trimEnd().split('\r\n')).toHaveLength(3);
});

test('a workbook holds the same rows', async () => {
  const pieces: Uint8Array[] = [];
  for await (const piece of indexFile(index, 'xlsx').body) pieces.push(piece);
  const sheets = await readXlsx(Buffer.concat(pieces));
  const rows = JSON.stringify(sheets);
  for (const word of ['Owner can speak', 'DOC-2', 'Chief executive', 'Record, computed'])
    expect(rows).toContain(word);
});

test('as JSON the items are those of the answer; the name says of which day', async () => {
  expect(JSON.parse(await textOf('json'))).toEqual(JSON.parse(JSON.stringify(index)));
  expect(indexFile(index, 'xlsx').name).toBe('mandatory-set-2026-11-21.xlsx');
});
