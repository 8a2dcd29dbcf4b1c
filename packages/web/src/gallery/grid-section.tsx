import { useMemo, useState } from 'react';
import { t } from '../text/t.ts';
import { BulkBar } from '../ui/bulk-bar.tsx';
import { Button } from '../ui/button.tsx';
import { DateText } from '../ui/date-text.tsx';
import { ChoiceField } from '../ui/fields/choice-field.tsx';
import { FilterChips } from '../ui/filter/filter-chips.tsx';
import { type Filter, type FilterField, readFilters, writeFilters } from '../ui/filter/filter-state.ts';
import { CellEditor } from '../ui/grid/cell-editor.tsx';
import { DataGrid } from '../ui/grid/data-grid.tsx';
import type { GridColumn, Sort } from '../ui/grid/grid-types.ts';
import { Strip, StripHistogram } from '../ui/marks/strip.tsx';
import { useSearchState } from '../ui/navigate.ts';
import { StateDot } from '../ui/state-dot.tsx';
import { StatusLine } from '../ui/status-line.tsx';
import css from './gallery-page.module.css';
import { type Row, rows as samples } from './sample-rows.ts';

const fields: readonly FilterField[] = [
  {
    id: 'stage',
    label: 'Stage',
    input: 'choice',
    operators: ['is', 'not', 'empty'],
    options: [
      { value: 'live', label: 'Live' },
      { value: 'pilot', label: 'Pilot' },
    ],
  },
  {
    id: 'gap',
    label: 'Line',
    input: 'choice',
    operators: ['is'],
    words: { is: 'has' },
    options: [{ value: 'any', label: 'a gap' }],
  },
  { id: 'review', label: 'Next review', input: 'day', operators: ['before', 'after', 'empty'] },
];
const owners = samples.slice(0, 7).map((row) => ({ value: row.owner, label: row.owner, hint: row.unit }));
const counts = Array.from(
  { length: 15 },
  (_station, at) => samples.filter((row) => row.line[at] === 'g').length,
);

const summaries = {
  line: (
    <StripHistogram
      counts={counts}
      label={(at, count) => `Station ${at + 1}: ${count} gaps`}
      onPick={() => undefined}
    />
  ),
};

const useColumns = (save: (id: string, owner: string) => Promise<void>): readonly GridColumn<Row>[] =>
  useMemo(
    () => [
      {
        id: 'ref',
        header: 'Ref',
        width: 86,
        sticky: true,
        kind: 'ref',
        sortKey: 'ref',
        render: (row) => row.ref,
      },
      {
        id: 'name',
        header: 'System',
        width: 200,
        grow: true,
        sticky: true,
        kind: 'name',
        sortKey: 'name',
        render: (row) => row.name,
      },
      {
        id: 'stage',
        header: 'Stage',
        width: 84,
        render: (row) => <StateDot shape={row.stage === 'Live' ? 'full' : 'half'}>{row.stage}</StateDot>,
      },
      {
        id: 'owner',
        header: 'Owner',
        width: 184,
        render: (row) => row.owner,
        editor: (row, done) => (
          <CellEditor<string | null>
            value={row.owner}
            done={done}
            saveOnChange
            save={(owner) => save(row.ref, owner ?? '')}
            render={(value, onChange) => (
              <ChoiceField
                bare
                label="Owner"
                value={value}
                onChange={onChange}
                options={owners}
                note="Saves on Enter. Changing the owner reopens station 3."
              />
            )}
          />
        ),
      },
      { id: 'unit', header: 'Unit', width: 132, render: (row) => row.unit },
      {
        id: 'line',
        header: 'The line, 1 to 15',
        width: 172,
        render: (row) => <Strip line={row.line} label={`${row.ref}: ${row.gaps} gaps`} />,
      },
      {
        id: 'gaps',
        header: 'Gaps',
        width: 72,
        align: 'end',
        sortKey: 'gaps',
        render: (row) => <b>{row.gaps}</b>,
      },
      {
        id: 'review',
        header: 'Next review',
        width: 138,
        sortKey: 'review',
        render: (row) => <DateText value={row.review} due />,
      },
    ],
    [save],
  );

export const GridSection = () => {
  const [search, change] = useSearchState();
  const [rows, setRows] = useState<readonly Row[]>(samples);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['SYS-951', 'SYS-233']));
  const [sort, setSort] = useState<readonly Sort[]>([{ key: 'gaps', descending: true }]);
  const [plain, setPlain] = useState(false);
  const save = useMemo(
    () => async (id: string, owner: string) =>
      setRows((now) => now.map((row) => (row.ref === id ? { ...row, owner } : row))),
    [],
  );
  const columns = useColumns(save);
  const filters = readFilters(search, fields);
  const setFilters = (next: readonly Filter[]): void => change(writeFilters(next, fields));
  return (
    <>
      <div className={css.row}>
        <FilterChips fields={fields} filters={filters} onChange={setFilters} />
        <Button look="ghost" onClick={() => setPlain(!plain)}>
          {plain ? t('ui.as-grid') : t('ui.as-plain-table')}
        </Button>
      </div>
      <div className={css.grid}>
        <DataGrid
          label="Systems"
          columns={columns}
          summaries={summaries}
          rows={rows}
          rowId={(row) => row.ref}
          rowName={(row) => `${row.ref} ${row.name}`}
          rowHref={(row) => `/systems/${row.ref}`}
          total={rows.length}
          sort={sort}
          onSort={(key) => setSort([{ key, descending: sort[0]?.key === key && !sort[0].descending }])}
          selected={selected}
          onSelect={setSelected}
          plain={plain}
        />
        <BulkBar
          count={selected.size}
          onClear={() => setSelected(new Set())}
          matching={{ total: 2133, onSelectAll: () => undefined }}
          actions={[
            { label: 'Set owner', run: () => undefined },
            { label: 'Set next review', run: () => undefined },
            {
              label: 'Ask for evidence',
              run: () => undefined,
              reason: 'Applies to 27 of 30; 3 are approved.',
            },
          ]}
        />
        <StatusLine
          keys={[
            { keys: 'j', label: 'next' },
            { keys: 'x', label: 'select' },
            { keys: 'enter', label: 'open' },
            { keys: '?', label: 'all keys' },
          ]}
        >
          {t('ui.row-position', { first: 1, last: 12, total: rows.length })}
        </StatusLine>
      </div>
    </>
  );
};
