import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { DayField } from './fields/day-field.tsx';
import { FormDialog } from './form-dialog.tsx';

afterEach(cleanup);

/** Days that went out, `null` for none. */
let sent: (string | null)[] = [];
let left = 0;

const Asks = ({ reason, busy = false }: { reason?: string; busy?: boolean }) => {
  const [day, setDay] = useState<string | null>(null);
  return (
    <FormDialog
      title="Make a task"
      submit="Make the task"
      cancel="Not now"
      busy={busy}
      reason={reason}
      more={<button type="button">More</button>}
      onSubmit={() => sent.push(day)}
      onClose={() => {
        left += 1;
      }}
    >
      <DayField label="Due" optional value={day} onChange={setDay} />
    </FormDialog>
  );
};
const open = (props: Parameters<typeof Asks>[0] = {}): void => {
  sent = [];
  left = 0;
  render(
    <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
      <Asks {...props} />
    </MantineProvider>,
  );
};
const due = () => screen.getByRole<HTMLInputElement>('textbox', { name: /^Due/ });
const type = (value: string) => fireEvent.change(due(), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('nothing goes out while a field cannot be read, however often it is tried; what was typed stays', () => {
  open();
  type('2027');
  type('30 Feb 2027');
  press('Make the task');
  press('Make the task');
  expect(sent).toEqual([]);
  expect(due().value).toBe('30 Feb 2027');
  expect(document.activeElement).toBe(due());
  expect(screen.getByText(/30 Feb 2027. is not a date/)).toBeDefined();
  type('28 Feb 2027');
  press('Make the task');
  expect(sent).toEqual(['2027-02-28']);
});

test('an empty field that may be empty hinders nothing, and leaving sends nothing', () => {
  open();
  press('Make the task');
  expect(sent).toEqual([null]);
  press('Not now');
  expect([sent, left]).toEqual([[null], 1]);
  expect(screen.getByRole('button', { name: 'More' })).toBeDefined();
});

test.each([
  ['while it is under way', { busy: true }],
  ['where it is refused', { reason: 'Somebody else approves this.' }],
])('the deciding button sends nothing %s', (_, props) => {
  open(props);
  press('Make the task');
  expect(sent).toEqual([]);
  if ('reason' in props) expect(screen.getByText(props.reason)).toBeDefined();
});

test('whoever opens a form types at once: the first field has the focus, and not the button that closes', async () => {
  open();
  await waitFor(() => expect(document.activeElement).toBe(due()));
});

test('a field that asks for the focus itself has it, wherever it stands', async () => {
  render(
    <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
      <FormDialog
        title="End it"
        submit="End it"
        cancel="Keep it"
        onSubmit={() => undefined}
        onClose={() => undefined}
      >
        <input aria-label="Name" readOnly />
        <input aria-label="Reason" />
        <input aria-label="Ref" data-autofocus />
      </FormDialog>
    </MantineProvider>,
  );
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Ref' })));
});
