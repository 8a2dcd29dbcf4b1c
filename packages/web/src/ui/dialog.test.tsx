import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { Dialog } from './dialog.tsx';

afterEach(cleanup);

/** A page whose button opens a dialog; `once`: the button is gone by then, as an item of a menu is. */
const Opens = ({ once = false }: { once?: boolean }) => {
  const [open, setOpen] = useState(false);
  return (
    <main id="main" tabIndex={-1}>
      {once && open ? null : (
        <button type="button" onClick={() => setOpen(true)}>
          Ask
        </button>
      )}
      {open ? (
        <Dialog opened title="Archive it?" onClose={() => setOpen(false)}>
          <p>Nothing is deleted.</p>
        </Dialog>
      ) : null}
    </main>
  );
};
const ask = async (once: boolean): Promise<HTMLElement> => {
  render(
    <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
      <Opens once={once} />
    </MantineProvider>,
  );
  const button = screen.getByRole('button', { name: 'Ask' });
  button.focus();
  fireEvent.click(button);
  await screen.findByRole('dialog');
  return button;
};
const leave = () => fireEvent.click(screen.getByRole('button', { name: 'Close' }));

test('a dialog that is taken away whole gives focus back to the button that opened it', async () => {
  const button = await ask(false);
  leave();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBe(null));
  await waitFor(() => expect(document.activeElement).toBe(button));
});

test('where what opened it is gone, the page has the focus', async () => {
  await ask(true);
  leave();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBe(null));
  // The button is back, and another than the one that had it.
  await waitFor(() => expect(document.activeElement?.id).toBe('main'));
});
