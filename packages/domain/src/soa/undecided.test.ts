import { expect, test } from 'vitest';
import type { SoaDecision } from '../trace/applicability.ts';
import { publicationBar } from './publication-bar.ts';
import { annexRows } from './published.ts';
import { undecidedIn, undecidedLack, undecidedWords } from './undecided.ts';

const annexA = ['A.2.2', 'A.2.3', 'A.2.4'];
const row = (id: string, decided: SoaDecision) => ({ id, decided });

test('what nobody decided and what nobody approved are open, and so is a control that a statement leaves out', () => {
  expect(undecidedIn([row('A.2.2', 'applicable'), row('A.2.3', 'unapproved')], annexA)).toEqual([
    { id: 'A.2.3', how: 'unapproved' },
    { id: 'A.2.4', how: 'none' },
  ]);
  expect(undecidedIn([row('X-1', 'none'), ...annexA.map((id) => row(id, 'excluded'))], annexA)).toEqual([]);
});

test('an own control with a code of Annex A answers for no item of it', () => {
  const rows = [
    { ...row('A.2.2', 'applicable'), topic: 'A.2 Policies' },
    { ...row('A.2.2', 'none'), topic: null },
  ];
  expect(undecidedIn(annexRows(rows), ['A.2.2'])).toEqual([]);
});

test('words say how many of how many and which, of many the first twelve; of none nothing', () => {
  const open = (n: number) => Array.from({ length: n }, (_, at) => ({ id: `A.${at}`, how: 'none' }) as const);
  expect(undecidedWords([], 38)).toBeUndefined();
  expect(undecidedWords(open(1), 38)).toBe('1 of 38 controls of Annex A has no approved decision: A.0.');
  expect(undecidedWords(open(2), 38)).toContain('have no approved decision: A.0 and A.1.');
  expect(undecidedWords(open(14), 38)).toMatch(/A\.11 and 2 more\.$/);
});

test('what is open now is said before what was open when it was published', () => {
  const [one, other] = [[{ id: 'A.2.2', how: 'none' }], [{ id: 'A.2.3', how: 'none' }]] as const;
  expect(undecidedLack({ now: one, published: other }, 3)).toContain('A.2.2.');
  expect(undecidedLack({ now: [], published: other }, 3)).toMatch(/^When this version was published, 1 of 3/);
  expect(undecidedLack({ now: [], published: [] }, 3)).toBeUndefined();
});

test('a statement is barred by open controls of the standard and by decisions without a reason, each named', () => {
  const whole = {
    ...{ topic: null, title: '', objective: null, control: null, says: null, reasons: [] },
    ...{ justification: null, decidedOn: null, sources: [], typicalFor: [], owner: null },
    ...{ implementedBy: { count: 0, first: [] }, evidence: null, placing: null, testing: null, action: null },
  };
  const line = { id: '1', ref: 'APL-3', kind: 'applicability', title: 'x', archived: false };
  const of = (id: string, more: object) => ({ ...whole, id, item: id, line: null, faults: [], ...more });
  const bare = { code: 'applicable-bare', type: 'contradiction', sentence: ['No reason.'], records: [] };
  const rows = [
    of('A.2.2', { decided: 'none' }),
    of('A.2.3', { decided: 'unapproved', line }),
    of('A.2.4', { decided: 'applicable' }),
    of('X-1', { item: null, decided: 'unapproved', faults: [bare] }),
  ];
  expect(publicationBar({ rows } as unknown as Parameters<typeof publicationBar>[0])).toMatchObject({
    undecided: [
      { at: 'A.2.2', message: 'Nobody decided whether it applies.' },
      { at: 'A.2.3', message: 'APL-3 is not approved.' },
    ],
    unreasoned: [{ at: 'X-1', message: 'No reason.' }],
    words:
      '2 of 3 controls of Annex A have no approved decision: A.2.2 and A.2.3. Of X-1 it says nowhere why.',
  });
  const decided = rows.slice(2, 3);
  expect(publicationBar({ rows: decided } as unknown as Parameters<typeof publicationBar>[0])).toBeNull();
});
