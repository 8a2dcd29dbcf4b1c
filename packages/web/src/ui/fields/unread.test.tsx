import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { CellEditor } from '../grid/cell-editor.tsx';
import { DayField } from './day-field.tsx';
import { NumberField } from './number-field.tsx';
import { refuseUnread } from './unread.ts';

afterEach(cleanup);

test('a cell is not saved over what cannot be read, and goes on to say why', async () => {
  const saved: (string | null)[] = [];
  const left: unknown[] = [];
  render(
    <CellEditor<string | null>
      value="2026-07-14"
      save={async (value) => void saved.push(value)}
      done={(goOn) => left.push(goOn)}
      render={(value, onChange) => <DayField bare label="Day" value={value} onChange={onChange} />}
    />,
  );
  const field = screen.getByLabelText('Day');
  // Read on the way as the year 2027, which is what would have been saved.
  fireEvent.change(field, { target: { value: '2027' } });
  fireEvent.change(field, { target: { value: '2027-13' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect([saved, left]).toEqual([[], []]);
  expect(screen.getByText(/2027-13. is not a date/)).toBeDefined();
  fireEvent.change(field, { target: { value: '2027-12' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(saved).toEqual(['2027-12']);
});

const Form = () => {
  const [day, setDay] = useState<string | null>(null);
  const [share, setShare] = useState<number | null>(null);
  return (
    <form>
      <DayField label="Day" value={day} error="Refused before." onChange={setDay} />
      <NumberField label="Share" value={share} onChange={setShare} />
    </form>
  );
};

test('the first field that cannot be read takes the keys and gives the reason; a refusal by others is no hindrance', () => {
  render(<Form />);
  const form = document.querySelector('form');
  expect(refuseUnread(null)).toBeUndefined();
  expect(refuseUnread(form)).toBeUndefined();
  const share = screen.getByLabelText('Share');
  fireEvent.change(share, { target: { value: '12a' } });
  expect(refuseUnread(form)).toContain('12a');
  expect(document.activeElement).toBe(share);
  const day = screen.getByLabelText('Day');
  fireEvent.change(day, { target: { value: '31 Jun 2027' } });
  expect(refuseUnread(form)).toContain('31 Jun 2027');
  expect(document.activeElement).toBe(day);
});
