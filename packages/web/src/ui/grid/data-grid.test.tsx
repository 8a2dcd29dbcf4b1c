import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useHotkeyListener } from '../use-hotkeys.ts';
import { CellEditor } from './cell-editor.tsx';
import { DataGrid } from './data-grid.tsx';
import type { DataGridProps, GridColumn } from './grid-types.ts';

type Row = { id: string; name: string; owner: string };
const rowsOf = (count: number): readonly Row[] =>
  Array.from({ length: count }, (_row, index) => ({
    id: `SYS-${index + 1}`,
    name: `System ${index + 1}`,
    owner: 'Head of claims',
  }));

/** The test page has no layout: give every box the size that the virtual rows ask for. */
const measures = ['offsetHeight', 'clientHeight'] as const;
const before = measures.map((name) => Object.getOwnPropertyDescriptor(HTMLElement.prototype, name));
beforeEach(() => {
  for (const name of measures)
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => 640 });
});
afterEach(() => {
  cleanup();
  measures.forEach((name, index) => {
    const descriptor = before[index];
    if (descriptor === undefined) Reflect.deleteProperty(HTMLElement.prototype, name);
    else Object.defineProperty(HTMLElement.prototype, name, descriptor);
  });
});

const columns: readonly GridColumn<Row>[] = [
  { id: 'ref', header: 'Ref', width: 86, sticky: true, kind: 'ref', sortKey: 'ref', render: (row) => row.id },
  {
    id: 'name',
    header: 'System',
    width: 200,
    grow: true,
    sticky: true,
    kind: 'name',
    render: (row) => row.name,
  },
];

const Stage = ({ count, ...props }: Partial<DataGridProps<Row>> & { count: number }) => {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  useHotkeyListener();
  return (
    <>
      <output>{[...selected].join(' ')}</output>
      <DataGrid
        label="Systems"
        columns={columns}
        rows={rowsOf(count)}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowHref={(row) => `/systems/${row.id}`}
        total={count}
        selected={selected}
        onSelect={setSelected}
        {...props}
      />
    </>
  );
};

const show = async (props: Partial<DataGridProps<Row>> & { count: number }) => {
  const root = createRootRoute({ component: () => <Stage {...props} /> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: ['/'] }) });
  render(<RouterProvider router={router} />);
  await screen.findByRole('grid');
  return router;
};
const cell = (row: number, column: number): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`);
  if (found === null) throw new Error(`No cell at row ${row}, column ${column}.`);
  return found;
};
const press = (key: string, init: KeyboardEventInit = {}): void => {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...init });
};

test('a grid says how many rows there are, and draws few of them', async () => {
  await show({ count: 5000 });
  const grid = screen.getByRole('grid', { name: 'Systems' });
  expect(grid.getAttribute('aria-rowcount')).toBe('5001');
  expect(screen.getAllByRole('row').length).toBeLessThan(60);
  expect(screen.getAllByRole('row')[1]?.getAttribute('aria-rowindex')).toBe('2');
});

test('the grid is one tab stop, and arrows move it', async () => {
  await show({ count: 10 });
  expect(document.querySelectorAll('[data-cell][tabindex="0"]')).toHaveLength(1);
  act(() => cell(0, 0).focus());
  press('ArrowDown');
  press('ArrowRight');
  expect(document.activeElement).toBe(cell(1, 1));
  expect(document.querySelectorAll('[data-cell][tabindex="0"]')).toHaveLength(1);
  press('ArrowUp');
  press('ArrowUp');
  expect(document.activeElement?.getAttribute('role')).toBe('columnheader');
});

test('the current row stays in the page however far the rows scroll', async () => {
  await show({ count: 5000 });
  act(() => cell(2, 0).focus());
  const grid = screen.getByRole('grid');
  act(() => {
    grid.scrollTop = 60_000;
    fireEvent.scroll(grid);
  });
  expect(document.activeElement).toBe(cell(2, 0));
});

test('J moves, X selects, Shift J extends, Escape clears', async () => {
  await show({ count: 10 });
  act(() => cell(0, 0).focus());
  press('j');
  press('x');
  expect(document.querySelector('output')?.textContent).toBe('SYS-2');
  press('J', { shiftKey: true });
  press('J', { shiftKey: true });
  expect(document.querySelector('output')?.textContent).toBe('SYS-2 SYS-3 SYS-4');
  expect(cell(3, 0).closest('[role=row]')?.getAttribute('aria-selected')).toBe('true');
  press('K', { shiftKey: true });
  expect(document.querySelector('output')?.textContent).toBe('SYS-2 SYS-3');
  press('Escape');
  expect(document.querySelector('output')?.textContent).toBe('');
});

test('Enter opens the row, Space peeks at it', async () => {
  const peeked: string[] = [];
  const router = await show({ count: 10, onPeek: (row) => peeked.push(row.id) });
  act(() => cell(3, 1).focus());
  press(' ');
  expect(peeked).toEqual(['SYS-4']);
  press('Enter');
  await waitFor(() => expect(router.history.location.pathname).toBe('/systems/SYS-4'));
});

test('near the end the next page is asked for', async () => {
  let asked = 0;
  await show({ count: 60, more: true, onMore: () => (asked += 1) });
  expect(asked).toBe(0);
  act(() => cell(0, 0).focus());
  press('End', { ctrlKey: true });
  const grid = screen.getByRole('grid');
  act(() => {
    grid.scrollTop = 1400;
    fireEvent.scroll(grid);
  });
  await waitFor(() => expect(asked).toBeGreaterThan(0));
});

test('E edits, Enter saves, a refusal keeps what was typed', async () => {
  const saved: string[] = [];
  const editable: readonly GridColumn<Row>[] = [
    ...columns,
    {
      id: 'owner',
      header: 'Owner',
      width: 160,
      render: (row) => row.owner,
      editor: (row, done) => (
        <CellEditor
          value={row.owner}
          done={done}
          save={async (value) => {
            if (value === 'Nobody') throw new Error('Nobody is no person.');
            saved.push(`${row.id} ${value}`);
          }}
          render={(value, onChange) => (
            <input aria-label="Owner" value={value} onChange={(event) => onChange(event.target.value)} />
          )}
        />
      ),
    },
  ];
  await show({ count: 5, columns: editable });
  act(() => cell(1, 2).focus());
  press('e');
  const field = screen.getByLabelText('Owner');
  expect(document.activeElement).toBe(field);
  fireEvent.change(field, { target: { value: 'Nobody' } });
  press('Enter');
  expect(await screen.findByText('Nobody is no person.')).toBeDefined();
  expect(screen.getByLabelText<HTMLInputElement>('Owner').value).toBe('Nobody');
  fireEvent.change(screen.getByLabelText('Owner'), { target: { value: 'Motor claims lead' } });
  press('Enter');
  await waitFor(() => expect(screen.queryByLabelText('Owner')).toBeNull());
  expect(saved).toEqual(['SYS-2 Motor claims lead']);
  expect(document.activeElement).toBe(cell(1, 2));
});

test('a sorted heading says so', async () => {
  const asked: string[] = [];
  await show({ count: 3, sort: [{ key: 'ref', descending: true }], onSort: (key) => asked.push(key) });
  expect(screen.getByRole('columnheader', { name: /Ref/ }).getAttribute('aria-sort')).toBe('descending');
  fireEvent.click(screen.getByRole('button', { name: /Ref/ }));
  expect(asked).toEqual(['ref']);
});

test('without rows the grid says what there could be', async () => {
  await show({ count: 0, empty: <p>No system matches.</p> });
  expect(screen.getByText('No system matches.')).toBeDefined();
});

test('Shift-click takes the rows from the last one clicked, and no others', async () => {
  await show({ count: 10 });
  const click = (row: number, init: MouseEventInit = {}): void => {
    fireEvent.mouseDown(cell(row, 1), init);
    if (init.shiftKey !== true) act(() => cell(row, 1).focus());
  };
  click(2);
  click(5, { shiftKey: true });
  const chosen = () => document.querySelector('output')?.textContent;
  expect(chosen()).toBe('SYS-3 SYS-4 SYS-5 SYS-6');
  click(4, { shiftKey: true });
  expect(chosen()).toBe('SYS-3 SYS-4 SYS-5');
  press('Escape');
  click(8);
  click(7, { shiftKey: true });
  expect(chosen()).toBe('SYS-8 SYS-9');
});

test('a group is one row over all columns: it folds by key and by hand, and is chosen whole', async () => {
  const folds: string[] = [];
  const heads = [0, 3];
  const rows = rowsOf(6);
  const groupOf = (row: Row) => {
    const at = rows.indexOf(row);
    if (!heads.includes(at)) return undefined;
    const ids = rows.slice(at + 1, at + 3).map((one) => one.id);
    return { label: `Group ${at}`, detail: '2 rows', folded: at === 3, ids };
  };
  const stable = new Map(rows.map((row) => [row.id, groupOf(row)]));
  await show({
    count: 6,
    rows,
    groupOf: (row) => stable.get(row.id),
    onFold: (row, folded) => folds.push(`${row.id} ${folded}`),
  });
  const head = cell(0, 0);
  expect([head.getAttribute('aria-expanded'), head.textContent]).toEqual(['true', 'Group 02 rows']);
  act(() => head.focus());
  press('ArrowLeft');
  press('Enter');
  press('ArrowDown');
  press('ArrowDown');
  press('ArrowDown');
  press('ArrowRight');
  fireEvent.click(screen.getByRole('button', { name: /Group 3/ }));
  expect(folds).toEqual(['SYS-1 true', 'SYS-1 true', 'SYS-4 false', 'SYS-4 false']);
  press('x');
  press('Shift');
  press('K', { shiftKey: true });
  expect(document.querySelector('output')?.textContent).toBe('SYS-5 SYS-6 SYS-3');
  press('a', { ctrlKey: true });
  expect(document.querySelector('output')?.textContent).toBe('SYS-2 SYS-3 SYS-5 SYS-6');
});

test('while rows come and go above it, the keyboard stays with its row', async () => {
  const first = rowsOf(4);
  const More = () => {
    const [rows, setRows] = useState(first);
    useHotkeyListener();
    return (
      <>
        <button type="button" onClick={() => setRows([{ id: 'SYS-0', name: 'New', owner: '' }, ...rows])}>
          Add
        </button>
        <DataGrid
          label="Systems"
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowName={(row) => row.name}
        />
      </>
    );
  };
  const root = createRootRoute({ component: More });
  render(
    <RouterProvider
      router={createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: ['/'] }) })}
    />,
  );
  await screen.findByRole('grid');
  act(() => cell(2, 0).focus());
  fireEvent.click(screen.getByText('Add'));
  expect(document.querySelector('[data-current]')?.textContent).toContain('System 3');
  expect(document.activeElement?.textContent).toBe('SYS-3');
});
