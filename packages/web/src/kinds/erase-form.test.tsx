// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { EraseForm } from './erase-form.tsx';

afterEach(cleanup);

test('nothing is erased before a reason is chosen and the ref is typed', () => {
  const erased: string[] = [];
  render(
    <MantineProvider>
      <EraseForm
        title="Erase SYS-7?"
        submit="Erase SYS-7"
        gone={['Its fields']}
        stays={['Its versions']}
        word="SYS-7"
        label="Type SYS-7"
        busy={false}
        problem={null}
        onErase={(reason) => erased.push(reason)}
        onClose={() => undefined}
      />
    </MantineProvider>,
  );
  const press = () => fireEvent.click(screen.getByRole('button', { name: /^Erase SYS-7/ }));
  expect(screen.getByText('Its fields')).toBeDefined();
  expect(screen.getByText('Its versions')).toBeDefined();
  press();
  expect(screen.getByText('Say why it is erased.')).toBeDefined();
  fireEvent.click(screen.getByRole('combobox', { name: /Reason/ }));
  fireEvent.click(screen.getByRole('option', { name: 'A law or an authority asks for it', hidden: true }));
  fireEvent.change(screen.getByLabelText('Type SYS-7'), { target: { value: 'SYS-70' } });
  press();
  expect(erased).toEqual([]);
  fireEvent.change(screen.getByLabelText('Type SYS-7'), { target: { value: ' SYS-7 ' } });
  press();
  expect(erased).toEqual(['law']);
});
