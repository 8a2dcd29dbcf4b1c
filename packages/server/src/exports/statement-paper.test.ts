import { inflateRawSync } from 'node:zlib';
import {
  type PublishedRow,
  type PublishedStatement,
  publishedFormat,
} from '@throughline/domain/soa/published.ts';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { type StatementFormat, statementFile } from './statement.ts';
import { type PaperVersion, statementPaper } from './statement-paper.ts';

const eighth = { ref: 'TST-8', on: '2026-05-01', conclusion: 'partly-effective', tester: 'Head of audit' };
const seventh = { ref: 'TST-7', on: '2026-04-01', conclusion: 'effective', tester: null };

const row = (id: string, changes: Partial<PublishedRow> = {}): PublishedRow => ({
  ...{ id, title: 'Data quality for AI systems', topic: 'A.7 Data for AI systems', decided: 'applicable' },
  ...{
    control: 'CTL-4',
    line: 'APL-4',
    reasons: ['treatment', 'law'],
    justification: 'Prüfung der Güte; έλεγχος ποιότητας.',
  },
  sources: [{ reason: 'treatment', count: 9, refs: ['TRT-31', 'TRT-32'] }],
  decidedOn: '2026-03-01',
  place: { at: 'system', state: 'partly', inPlace: 3, of: 41 },
  test: eighth,
  tests: { of: 3, effective: 1, partly: 1, failed: 0, untested: 1, count: 2, first: [eighth, seventh] },
  faults: ['APL-4 names a contract as reason.', '38 of 41 systems lack it.'],
  ...{
    contradictions: 1,
    objective: 'Data of known quality',
    owner: 'Head of claims',
    nextTest: '2027-05-01',
  },
  implementedBy: { count: 12, refs: ['IMP-3', 'IMP-4'] },
  evidence: { count: 3, refs: ['EVD-310'], stale: 2, aside: 1, to: '2026-09-30' },
  ...changes,
});
const statement = (rows: PublishedRow[], changes: Partial<PublishedStatement> = {}): PublishedStatement => ({
  ...{ format: publishedFormat, asOf: '2026-11-21T12:00:00.000Z', index: 4711 },
  ...{ organisation: 'Versicherung Süd', scope: 'DOC-1 Scope of the AI management system' },
  counts: {
    ...{ annexA: 38, annexADecided: 37, own: 1, applicable: 35, excluded: 2, open: 1, contradictions: 1 },
    ...{ withoutPlan: 0, leftOut: 0, runningSystems: 41 },
  },
  rows,
  ...changes,
});
const version: PaperVersion = {
  ...{ version: 3, document: 'DOC-7', inForce: true, digest: 'ab'.repeat(32) },
  approved: { by: 'Head of risk', at: '2026-11-22T09:30:00.000Z' },
};

async function bytesOf(of: PublishedStatement, format: StatementFormat, about: PaperVersion | null = null) {
  const file = await statementFile(of, format, { version: about, timeZone: 'Europe/Berlin' });
  const chunks: Buffer[] = [];
  for await (const chunk of file.body) chunks.push(Buffer.from(chunk));
  return { ...file, bytes: Buffer.concat(chunks) };
}

/** Text of a PDF, page by page, with its breaks of lines as single spaces. */
async function pagesOf(bytes: Buffer): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)));
  return text.map((page) => page.replace(/\s+/g, ' '));
}

/** A part of a zip file, found by its entry in the central directory. */
function partOf(zip: Buffer, name: string): string {
  for (let at = zip.indexOf('PK\x01\x02'); at !== -1; at = zip.indexOf('PK\x01\x02', at + 4)) {
    const length = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + length) !== name) continue;
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + zip.readUInt32LE(at + 20));
    return (zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes)).toString('utf8');
  }
  throw new RangeError(name);
}
const textOf = (xml: string) =>
  [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
    .map(([, text = '']) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"'))
    .map((text) => text.replaceAll('&apos;', "'").replaceAll('&amp;', '&'))
    .join('\n');

const words = [
  ...['Versicherung Süd', 'DOC-1 Scope of the AI management system', 'entry 4711 of the log'],
  ...['A.7 Data for AI systems', 'Data quality for AI systems', 'Prüfung der Güte', 'έλεγχος ποιότητας'],
  ...[
    'Law',
    'TRT-31, TRT-32 and 7 more',
    'Partly in place',
    'On 3 of 41 running systems',
    'IMP-3, IMP-4 and 10',
  ],
  ...['EVD-310 and 2 more', 'Partly effective, TST-8, 1 May 2026', 'Head of claims'],
  ...['A.7.4: APL-4 names a contract as reason.', 'A.7.4: 38 of 41 systems lack it.', '21 Nov 2026, 13:00'],
];
const squeezed = (text: string) => text.replace(/\s+/g, '');

describe('a statement on paper', () => {
  test('says as pages all that an auditor looks for, with the number at each foot', async () => {
    const { bytes, name, media } = await bytesOf(statement([row('A.7.4')]), 'pdf');
    expect([name, media]).toEqual(['statement-of-applicability-2026-11-21.pdf', 'application/pdf']);
    const pages = await pagesOf(bytes);
    // Columns break their lines where they end, so words are compared without spaces.
    for (const one of words) expect(squeezed(pages.join(' '))).toContain(squeezed(one));
    expect(pages[0]).toContain('Page 1 of 1');
    expect(pages[0]).toContain('Only a published version is a controlled document.');
  });

  test('says the same as a text document, whose table repeats its head', async () => {
    const { bytes, media } = await bytesOf(statement([row('A.7.4')]), 'docx');
    expect(media).toContain('wordprocessingml');
    const xml = partOf(bytes, 'word/document.xml');
    for (const one of words) expect(squeezed(textOf(xml))).toContain(squeezed(one));
    expect(xml.match(/<w:tblHeader/g)).toHaveLength(1);
    expect(partOf(bytes, 'word/footer1.xml')).toContain('NUMPAGES');
  });

  test('of a version names the document, who approved it, and the digest of its data', async () => {
    const { bytes, name } = await bytesOf(statement([row('A.7.4')]), 'pdf', version);
    expect(name).toBe('statement-of-applicability-version-3.pdf');
    const [page = ''] = await pagesOf(bytes);
    for (const one of [
      '3 of DOC-7, in force',
      'Approved by Head of risk on 22 Nov 2026, 10:30',
      `SHA-256 ${version.digest}`,
      'version 3',
    ])
      expect(page).toContain(one);
    const waiting = statementPaper(statement([]), {
      version: { ...version, approved: null, inForce: false },
      timeZone: 'UTC',
    });
    expect(waiting.head).toContainEqual(['Approval', 'Nobody approved this version.']);
    expect(waiting.head).toContainEqual(['Version', '3 of DOC-7, not in force']);
  });

  test('of a version that kept neither scope nor place says so', () => {
    const old = statement([row('A.7.4', { contradictions: null })], {
      ...{ index: null, organisation: null, scope: null },
    });
    const { head, lists } = statementPaper(old, { version, timeZone: 'UTC' });
    expect(head).toContainEqual(['Position in the log', 'not kept with this version']);
    const early = statementPaper({ ...old, index: -1 }, { version: null, timeZone: 'UTC' }).head;
    expect(early).toContainEqual(['Position in the log', 'before the first entry']);
    // What kind of fault each was is not known of the first form: nothing is called a contradiction.
    expect(lists.map(({ items }) => items.length)).toEqual([0, 2]);
  });

  test.each([
    ['none', '–'],
    ['unapproved', 'APL-4 waits for approval. A treatment calls for it, Law. Prüfung'],
    ['excluded', 'Prüfung'],
    ['applicable', 'A treatment calls for it, Law. Prüfung'],
  ] as const)('gives the reason of what is %s as it counts', (decided, reason) => {
    const paper = statementPaper(statement([row('A.7.4', { decided })]), { version: null, timeZone: 'UTC' });
    expect(paper.groups[0]?.rows[0]?.[3]).toMatch(new RegExp(`^${reason}`));
  });
});

describe('hostile and long text', () => {
  const hostile =
    'Zeile eins\r\nzwei\u0000\u0007\u202e <script>alert(1)</script> ]]> &amp; </w:t> (unclosed \\) 漢字 🙂 שלום\ud800';

  test('ends no document, and what the fonts lack is counted and not passed over', async () => {
    const of = statement([row('A.7.4', { justification: hostile, title: 'x'.repeat(4_000) })]);
    const pdf = (await pagesOf((await bytesOf(of, 'pdf')).bytes)).join(' ');
    expect(squeezed(pdf)).toContain(
      squeezed('<script>alert(1)</script> ]]> &amp; </w:t> (unclosed \\) □□ □ □□□□'),
    );
    expect(pdf).toContain('7 characters here are in scripts that the fonts of this file do not hold');
    const docx = textOf(partOf((await bytesOf(of, 'docx')).bytes, 'word/document.xml'));
    expect(docx).toContain('zwei <script>alert(1)</script> ]]> &amp; </w:t> (unclosed \\) 漢字 🙂 שלום');
    for (const gone of ['\u0000', '\u0007', '\u202e', '\ud800']) expect(docx).not.toContain(gone);
  });

  test('goes on over pages, each with the head of the table and its number', async () => {
    const long = row('A.7.4', { justification: 'Every word is kept to the end. '.repeat(160).trim() });
    const many = Array.from({ length: 90 }, (_, at) =>
      row(`X-${at + 1}`, { topic: null, faults: [], contradictions: 0 }),
    );
    const { bytes } = await bytesOf(statement([long, ...many]), 'pdf');
    const pages = await pagesOf(bytes);
    expect(pages.length).toBeGreaterThan(8);
    for (const [at, page] of pages.entries()) expect(page).toContain(`Page ${at + 1} of ${pages.length}`);
    expect(pages.filter((page) => page.includes('Called for by')).length).toBeGreaterThanOrEqual(
      pages.length - 1,
    );
    const all = pages.join(' ');
    expect(all.match(/Every/g)).toHaveLength(160);
    for (const { id } of many) expect(all).toContain(id);
  });
});
