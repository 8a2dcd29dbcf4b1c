import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { registry } from './all.ts';

/** Samples lie beside the checkout; without them there is nothing to compare with. */
const shared =
  process.env.THROUGHLINE_SHARED ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const file = `${shared}/samples/inventories/us-federal-2024.csv`;

/** Headings that belong to the column before them, and are its note. */
const notes = /^if (other|no), please explain\.$/;

/** Reads the first record of a CSV file: quotes may hold commas and line breaks. */
function headingsOf(text: string): string[] {
  const headings: string[] = [];
  let cell = '';
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === ',' || character === '\n')) {
      headings.push(cell);
      cell = '';
      if (character === '\n') break;
    } else cell += character;
  }
  return headings;
}

function fold(heading: string): string {
  return heading.replace(/[‘’]/g, "'").replace(/\s+/g, ' ').trim().toLowerCase();
}

test.skipIf(!existsSync(file))('every question of the US federal inventory 2024 has its own field', () => {
  const headings = headingsOf(new TextDecoder('windows-1252').decode(readFileSync(file))).map(fold);
  expect(headings).toHaveLength(62);
  const useCase = registry.get('use-case');
  const found = new Map<string, string>();
  const missing: string[] = [];
  for (const heading of headings.filter((candidate) => !notes.test(candidate))) {
    const field = Object.entries(useCase.fields).find(([, { alsoCalled }]) => alsoCalled?.includes(heading));
    // The stage is a state, not a field: use case and system both have one.
    if (field) found.set(heading, field[0]);
    else if (heading !== 'stage of development') missing.push(heading);
  }
  expect(missing).toEqual([]);
  expect(new Set(found.values()).size).toBe(found.size);
});

test('yes and no questions of an inventory are answers, so that four different things stay four', () => {
  const { fields } = registry.get('use-case');
  for (const name of [
    'personalData',
    'privacyReview',
    'publicService',
    'informsPublic',
    'customCode',
    'authorisedToOperate',
    'impactAssessmentStated',
    'extensionRequested',
    'influencesDecisions',
    'actsWithoutPerson',
    'appeal',
    'fallback',
  ])
    expect(fields[name]?.type, name).toBe('answer');
});

test('what an inventory says about assessments and classes is kept apart from the records that prove them', () => {
  const { fields, material } = registry.get('use-case');
  expect(fields.externalClasses?.type).toBe('rows');
  for (const name of ['impactAssessmentStated', 'testing', 'independentReview', 'monitoring', 'keyRisks'])
    expect(fields[name]?.label, name).toMatch(/as stated/);
  expect(material).not.toContain('impactAssessmentStated');
  expect(material).not.toContain('externalClasses');
});
