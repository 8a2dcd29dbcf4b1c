import { useQuery } from '@tanstack/react-query';
import type { KindWire, RowWire } from '@throughline/domain/wire.ts';
import { useEffect, useRef } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { useMemberNames } from '../../api/members.ts';
import { recordQuery } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { FieldValue } from '../../kinds/field-value.tsx';
import { isEmptyValue } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/dialog.tsx';
import { RefLink } from '../../ui/link.tsx';
import { stringifySearch, useNavigate } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { PropertyList } from '../../ui/property-list.tsx';
import css from './register.module.css';
import { LineCell, StateCell } from './register-cells.tsx';

export type PeekProps = {
  kind: KindWire;
  row: RowWire | undefined;
  /** The moment that the register is of. */
  asOf: string | undefined;
  onMove: (by: 1 | -1) => void;
  onClose: () => void;
};

const Inside = ({ kind, row, asOf, onMove }: Omit<PeekProps, 'row' | 'onClose'> & { row: RowWire }) => {
  const kinds = useKinds();
  const record = useQuery(recordQuery(kind.collection, row.ref, asOf));
  const names = useMemberNames(record.data?.members);
  const fields = record.data?.fields ?? row.fields;
  const links = record.data?.links ?? row.links ?? {};
  const properties = Object.entries(kind.fields).flatMap(([name, field]) =>
    name === kind.title || isEmptyValue(fields[name])
      ? []
      : [
          {
            id: name,
            label: field.label,
            value: (
              <FieldValue name={name} field={field} value={fields[name]} names={names} beside={fields} />
            ),
          },
        ],
  );
  const linked = Object.entries(links).flatMap(([name, refs]) =>
    refs.length === 0
      ? []
      : [
          {
            id: name,
            label: kind.relations[name]?.label ?? name,
            value: refs.slice(0, 8).map((ref) => (
              <span key={ref.id}>
                <RefLink refText={ref.ref} href={kinds.href(ref)} title={ref.title} />{' '}
              </span>
            )),
          },
        ],
  );
  return (
    <div className={css.peek}>
      <div className={css.rowActions}>
        <StateCell kind={kind} state={record.data?.state ?? row.state} />
        {row.line === undefined ? null : <LineCell record={row.ref} line={row.line} />}
      </div>
      {record.error === null ? null : (
        <ErrorLine problem={problemOf(record.error)} onRetry={() => void record.refetch()} />
      )}
      <PropertyList properties={[...properties, ...linked]} />
      <div className={css.rowActions}>
        <Button keys="k" onClick={() => onMove(-1)}>
          {t('peek.previous')}
        </Button>
        <Button keys="j" onClick={() => onMove(1)}>
          {t('peek.next')}
        </Button>
      </div>
    </div>
  );
};

/** The register's own keys rest while the drawer is open, so it hears J, K and Space itself. */
const usePeekKeys = (opened: boolean, onMove: PeekProps['onMove'], onClose: () => void): void => {
  const latest = useRef({ onMove, onClose });
  useEffect(() => {
    latest.current = { onMove, onClose };
  });
  useEffect(() => {
    if (!opened) return;
    const hear = (event: KeyboardEvent): void => {
      const inButton = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
      // The Space that opened the drawer comes by here too, taken already by the grid.
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'j' || event.key === 'ArrowDown') latest.current.onMove(1);
      else if (event.key === 'k' || event.key === 'ArrowUp') latest.current.onMove(-1);
      else if (event.key === ' ' && !inButton) latest.current.onClose();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [opened]);
};

/** A record beside its register. J and K move through the rows behind it, Space and Esc close it. */
export const PeekDrawer = ({ kind, row, asOf, onMove, onClose }: PeekProps) => {
  const navigate = useNavigate();
  usePeekKeys(row !== undefined, onMove, onClose);
  if (row === undefined) return null;
  const href = `/${kind.collection}/${row.ref}${asOf === undefined ? '' : stringifySearch({ asOf })}`;
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t('peek.title', { ref: row.ref, title: row.title })}
      actions={<Button onClick={() => navigate(href)}>{t('peek.open')}</Button>}
    >
      <Inside key={row.id} kind={kind} row={row} asOf={asOf} onMove={onMove} />
    </Drawer>
  );
};
