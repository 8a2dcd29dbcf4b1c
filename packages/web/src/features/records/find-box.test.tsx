import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { FindBox } from './find-box.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const open = async (rows: boolean) => {
  const said: string[] = [];
  showPage(
    '/',
    <>
      <FindBox value="fraud" onChange={(words) => said.push(words)} />
      {rows ? (
        <div role="grid" tabIndex={-1}>
          <div role="row" tabIndex={-1}>
            <div role="gridcell" data-cell="0:0" tabIndex={0}>
              SYS-7
            </div>
          </div>
        </div>
      ) : null}
    </>,
    {},
  );
  const field = await screen.findByRole('searchbox');
  field.focus();
  return { field, said };
};
const focused = () => document.activeElement?.textContent;

test('the arrow leads from the words to the rows they found, and takes nothing away', async () => {
  const { field, said } = await open(true);
  fireEvent.keyDown(field, { key: 'ArrowDown' });
  expect(focused()).toBe('SYS-7');
  expect(said).toEqual([]);
});

test('Escape takes the words away and leads to the rows, so that the keys of the list work at once', async () => {
  const { field, said } = await open(true);
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(said).toEqual(['']);
  expect(focused()).toBe('SYS-7');
});

test('where nothing was found, the arrow stays in the field and Escape leaves it', async () => {
  const { field, said } = await open(false);
  fireEvent.keyDown(field, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(field);
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(document.activeElement).not.toBe(field);
  expect(said).toEqual(['']);
});
