import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { DayField } from './day-field.tsx';
import { NumberField, readNumber } from './number-field.tsx';
import { ReasonGiven } from './reason-given.ts';
import { LongTextField, TextField } from './text-field.tsx';

afterEach(cleanup);

const Day = ({ seen }: { seen: (string | null)[] }) => {
  const [value, setValue] = useState<string | null>('2026-07-14');
  return (
    <DayField
      label="Started on"
      value={value}
      onChange={(next) => {
        seen.push(next);
        setValue(next);
      }}
    />
  );
};

test('a day is shown written out, read in any form, and told wrong with what was typed', () => {
  const seen: (string | null)[] = [];
  render(<Day seen={seen} />);
  const field = screen.getByLabelText<HTMLInputElement>('Started on');
  expect(field.value).toBe('14 Jul 2026');
  fireEvent.change(field, { target: { value: '2026-q3' } });
  fireEvent.blur(field);
  expect(seen).toEqual(['2026-Q3']);
  expect(field.value).toBe('Q3 2026');
  fireEvent.change(field, { target: { value: '30 Feb 2026' } });
  fireEvent.blur(field);
  expect(field.value).toBe('30 Feb 2026');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
    '30 Feb 2026',
  );
  expect(seen).toEqual(['2026-Q3']);
  fireEvent.change(field, { target: { value: '' } });
  expect(seen).toEqual(['2026-Q3', null]);
});

test('numbers are read as people write them', () => {
  expect(readNumber('1,234.5')).toBe(1234.5);
  expect(readNumber('1 234')).toBe(1234);
  expect(readNumber('-3')).toBe(-3);
  expect(readNumber('')).toBeNull();
  expect(readNumber('12a')).toBeUndefined();
  expect(readNumber('1,23')).toBeUndefined();
});

test('a number out of its range says the range', () => {
  render(<NumberField label="Share" value={120} onChange={() => undefined} min={0} max={100} />);
  expect(screen.getByText('Use a number from 0 to 100.')).toBeDefined();
});

test('help and error are read with their field', () => {
  render(
    <TextField
      label="Name"
      value=""
      onChange={() => undefined}
      help="As people call it."
      error="Say a name."
    />,
  );
  const ids = screen.getByLabelText('Name').getAttribute('aria-describedby')?.split(' ') ?? [];
  expect(ids.map((id) => document.getElementById(id)?.textContent)).toEqual([
    'As people call it.',
    'Say a name.',
  ]);
});

test('a refusal that the page says already stands under no field, and is read with each of them all the same', () => {
  const said = 'Your roles do not allow this.';
  render(
    <ReasonGiven value={said}>
      <TextField label="Name" value="" onChange={() => undefined} reason={said} />
      <TextField label="Short name" value="" onChange={() => undefined} reason="It stays as it was made." />
    </ReasonGiven>,
  );
  const reasonOf = (label: string) =>
    document.getElementById(screen.getByLabelText(label).getAttribute('aria-describedby') ?? '');
  expect(reasonOf('Name')?.textContent).toBe(said);
  expect(reasonOf('Name')?.className).toMatch(/hidden/);
  expect(reasonOf('Short name')?.className).not.toMatch(/hidden/);
});

test('a long text that is pasted is kept whole, and what is too much of it is said at the field', () => {
  const Text = () => {
    const [value, setValue] = useState('');
    return <LongTextField label="Misuse" value={value} onChange={setValue} maxLength={4000} />;
  };
  render(<Text />);
  const field = screen.getByLabelText<HTMLTextAreaElement>('Misuse');
  fireEvent.change(field, { target: { value: 'x'.repeat(4000) } });
  expect(field.getAttribute('aria-invalid')).toBeNull();
  fireEvent.change(field, { target: { value: 'x'.repeat(4012) } });
  expect(field.value).toHaveLength(4012);
  expect(field.hasAttribute('maxlength')).toBe(false);
  expect(screen.queryAllByText('12 characters too many: 4,000 are kept at most.')).toHaveLength(1);
});
