import type { KindWire, RowWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import type { Names } from '../../api/members.ts';
import { chosenHref } from '../../kinds/chosen-records.ts';
import { t } from '../../text/t.ts';
import { type BulkAction, BulkBar } from '../../ui/bulk-bar.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import { BulkDialog, type BulkTask } from './bulk-dialog.tsx';
import { downloadCsv, rowsAsCsv } from './rows-csv.ts';
import type { Register } from './use-register.ts';
import type { Selection } from './use-selection.ts';

type RegisterBulkProps = {
  register: Register;
  selection: Selection;
};

const refusal = (kind: KindWire, act: string): string | undefined => {
  const ability = kind.abilities[act];
  return ability === undefined || ability.allowed ? undefined : ability.reason;
};

const exportRows = (register: Register, rows: readonly RowWire[], names: Names): void =>
  downloadCsv(`${register.kind.collection}.csv`, rowsAsCsv(register.kind, register.columns, rows, names));

/** What can be done with the ticked rows, or with all that the filter finds. */
export const RegisterBulk = ({ register, selection }: RegisterBulkProps) => {
  const { kind, rows, narrowed, names } = register;
  const [task, setTask] = useState<BulkTask | null>(null);
  const navigate = useNavigate();
  const total = register.count?.total;
  const chosen = rows.filter((row) => selection.ids.has(row.id));
  const all = selection.everything && total !== undefined;
  const count = all ? total.count : chosen.length;
  const edit = refusal(kind, 'edit');
  const review = 'nextReview' in kind.fields;
  const actions: BulkAction[] = [
    ...(kind.owner === null
      ? []
      : [
          {
            label: t('bulk.owner'),
            run: () => setTask({ do: 'field', name: kind.owner ?? '' }),
            reason: edit,
          },
        ]),
    ...(review
      ? [{ label: t('bulk.review'), run: () => setTask({ do: 'field', name: 'nextReview' }), reason: edit }]
      : []),
    ...(kind.collection === 'use-cases'
      ? [
          {
            label: t('bulk.classify'),
            run: () =>
              navigate(
                chosenHref(
                  '/classifications/many',
                  all ? { filter: narrowed } : { refs: chosen.map(({ ref }) => ref) },
                ),
              ),
          },
        ]
      : []),
    { label: t('bulk.field'), run: () => setTask({ do: 'field' }), reason: edit },
    ...(Object.keys(kind.transitions).length === 0
      ? []
      : [{ label: t('bulk.step'), run: () => setTask({ do: 'step' }), reason: refusal(kind, 'transition') }]),
    { label: t('bulk.archive'), run: () => setTask({ do: 'archive' }), reason: refusal(kind, 'archive') },
    ...(all ? [] : [{ label: t('bulk.export'), run: () => exportRows(register, chosen, names) }]),
  ];
  return (
    <>
      <BulkBar
        count={count}
        actions={actions}
        onClear={selection.clear}
        {...(total === undefined || total.more || chosen.length < rows.length
          ? {}
          : { matching: { total: total.count, onSelectAll: selection.selectEverything } })}
      />
      {task === null ? null : (
        <BulkDialog
          kind={kind}
          task={task}
          target={{ rows: chosen, count, ...(all ? { filter: narrowed } : {}) }}
          onClose={() => setTask(null)}
          onDone={() => {
            setTask(null);
            selection.clear();
          }}
        />
      )}
    </>
  );
};
