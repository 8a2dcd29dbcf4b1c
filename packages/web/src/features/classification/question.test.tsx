import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { AnswerWire, ClassifiedWire, QuestionWire } from '@throughline/domain/wire-classification.ts';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { answered, noted, type Sheet } from './interview-state.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import { Question } from './question.tsx';

afterEach(cleanup);

const question = (
  fact: string,
  type: QuestionWire['type'],
  values: readonly string[] = [],
): QuestionWire => ({
  fact,
  group: 'scope',
  level: 'system',
  type,
  article: null,
  ask: `What of ${fact}?`,
  help: null,
  example: null,
  values: values.map((id) => ({ id, label: id })),
});
const questions = [
  question('ai', 'bool'),
  question('roles', 'multi', ['provider', 'deployer']),
  question('act', 'enum', ['machinery', 'toys']),
  question('day', 'date', ['not_yet']),
];
const open: ClassifiedWire = {
  ruleSet: '1',
  on: '2026-11-21',
  status: 'undetermined',
  outcomes: [{ id: 'undetermined', label: 'Undetermined' }],
  prohibitedFrom: null,
  atLeast: [],
  alerts: [],
  needed: questions.map(({ fact }) => fact),
  idle: [],
  contradictions: [],
  path: [],
  obligations: [],
};
let said: Sheet;

/** The questions beside their outcome, as the interview has them. */
const Page = () => {
  const [sheet, setSheet] = useState<Sheet>({ answers: {}, notes: {} });
  said = sheet;
  return (
    <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
      <ol>
        {questions.map((one) => (
          <Question
            key={one.fact}
            question={one}
            answer={sheet.answers[one.fact]}
            note={sheet.notes[one.fact]}
            known={undefined}
            elsewhere={undefined}
            editable
            onAnswer={(answer: AnswerWire | null) => setSheet((now) => answered(now, one.fact, answer))}
            onNote={(note) => setSheet((now) => noted(now, one.fact, note))}
          />
        ))}
      </ol>
      <OutcomePanel result={open} questions={questions} sheet={sheet} />
    </MantineProvider>
  );
};
const item = (fact: string) => {
  const found = screen
    .getAllByRole('listitem')
    .find((one) => within(one).queryByRole('heading', { name: `What of ${fact}?` }) !== null);
  if (found === undefined) throw new Error(fact);
  return within(found);
};
const pressNotKnown = (fact: string) => fireEvent.click(item(fact).getByLabelText('Not known yet'));

test('every kind of question takes not known yet as its third answer, in one press', () => {
  render(<Page />);
  screen.getByText('0 answered, 0 not known yet, 4 left to ask');
  for (const { fact } of questions) pressNotKnown(fact);
  expect(said.answers).toEqual({ ai: 'not-known', roles: 'not-known', act: 'not-known', day: 'not-known' });
  screen.getByText('0 answered, 4 not known yet, 0 left to ask');
  expect(item('ai').getAllByRole('radio')).toHaveLength(3);
  // The choices stay in sight, and none of them is chosen.
  expect(item('roles').getByLabelText<HTMLInputElement>('provider').checked).toBe(false);
});

test('it is answered later, or taken away, in one press; who finds out stands in the list', () => {
  render(<Page />);
  for (const fact of ['ai', 'roles', 'day']) pressNotKnown(fact);
  const list = () => within(screen.getByRole('region', { name: 'Not known yet' }));
  expect(
    list()
      .getAllByRole('link')
      .map((link) => link.textContent),
  ).toEqual(['What of ai?', 'What of roles?', 'What of day?']);
  expect(list().getByRole('link', { name: 'What of ai?' }).getAttribute('href')).toBe('#question-ai');
  fireEvent.click(item('ai').getByRole('button', { name: 'Add a note' }));
  fireEvent.change(item('ai').getByLabelText(/Who finds out/), { target: { value: 'Head of claims' } });
  list().getByText('Head of claims');
  fireEvent.click(item('roles').getByLabelText('deployer'));
  fireEvent.click(item('day').getByRole('button', { name: 'Take the answer away' }));
  expect(said.answers).toEqual({ ai: 'not-known', roles: ['deployer'] });
  screen.getByText('1 answered, 1 not known yet, 2 left to ask');
  fireEvent.click(item('ai').getByLabelText('No'));
  expect(said).toEqual({ answers: { ai: false, roles: ['deployer'] }, notes: { ai: 'Head of claims' } });
  expect(screen.queryByRole('region', { name: 'Not known yet' })).toBeNull();
});
