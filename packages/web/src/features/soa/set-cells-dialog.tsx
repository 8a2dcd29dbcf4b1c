import { type CellTarget, cellTargets } from '@throughline/domain/soa/set-cells.ts';
import type { CellsSetWire } from '@throughline/domain/wire-soa.ts';
import { useRef, useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { FieldEditor, tidyValue } from '../../kinds/field-editor.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { refuseUnread } from '../../ui/fields/unread.ts';
import { announce } from '../../ui/live-region.tsx';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import css from './matrix.module.css';
import { SetCellsPreview } from './set-cells-preview.tsx';
import { type CellsBody, type NamedCell, sendCells } from './use-set-cells.ts';
import { w } from './words.ts';

/** What is asked for each state; the step that leads there says which of them it needs. */
const asked: Readonly<Record<CellTarget, readonly string[]>> = {
  'in-place': ['howItWorks', 'owner', 'inPlaceSince'],
  partly: ['howItWorks', 'owner'],
  planned: ['plannedOn', 'movedBecause'],
  ended: ['endedOn'],
};

type Props = {
  cells: readonly NamedCell[];
  onClose: () => void;
  onDone: (wrote: CellsSetWire) => void;
};

/** Many cells set in one act: what would be written is said first, cell by cell, then it is done (8.1). */
export const SetCellsDialog = ({ cells, onClose, onDone }: Props) => {
  const kind = useKinds().byName('implementation');
  const [state, setState] = useState<CellTarget>('in-place');
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({});
  const [because, setBecause] = useState('');
  const [tried, setTried] = useState<CellsSetWire | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const body = (): CellsBody => ({
    cells,
    state,
    fields: Object.fromEntries(
      asked[state].flatMap((name) => {
        const value = values[name];
        return typeof value === 'string' && value !== '' ? [[name, value]] : [];
      }),
    ),
    ...(because.trim() === '' ? {} : { because: because.trim() }),
  });
  const send = async (trial: boolean): Promise<void> => {
    const unread = refuseUnread(box.current);
    if (unread !== undefined) return announce(unread);
    setBusy(true);
    setProblem(null);
    try {
      const answer = await sendCells(body(), trial);
      if (trial) setTried(answer);
      else onDone(answer);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const forget = (): void => setTried(null);
  const writes = tried === null ? 0 : tried.made + tried.changed;
  return (
    <Dialog
      opened
      onClose={onClose}
      size="large"
      title={w('soa.set.title', { n: cells.length })}
      actions={
        <>
          {tried === null ? (
            <Button size="form" look="primary" busy={busy} onClick={() => void send(true)}>
              {w('soa.set.preview')}
            </Button>
          ) : (
            <Button
              size="form"
              look="primary"
              busy={busy}
              reason={writes === 0 ? w('soa.set.nothing') : undefined}
              onClick={() => void send(false)}
            >
              {w('soa.set.do', { n: writes })}
            </Button>
          )}
          <Button size="form" onClick={onClose}>
            {w('soa.set.keep')}
          </Button>
        </>
      }
    >
      {/* What was said of other values does not hold for those that are being typed. */}
      <div ref={box} className={css.setting} onChange={forget}>
        <Segmented
          label={w('soa.set.state')}
          value={state}
          options={cellTargets.map((value) => ({ value, label: w(`soa.set.to.${value}`) }))}
          onChange={(value) => {
            forget();
            setState(value);
          }}
        />
        {asked[state].map((name) => {
          const field = kind?.fields[name];
          return field === undefined ? null : (
            <FieldEditor
              key={`${state} ${name}`}
              field={field}
              label={field.label}
              value={tidyValue(field, textOf(values[name]))}
              onChange={(value) => {
                forget();
                setValues((now) => ({ ...now, [name]: value }));
              }}
            />
          );
        })}
        <TextField label={w('soa.set.because')} value={because} maxLength={500} onChange={setBecause} />
        {problem === null ? null : <ErrorLine problem={problem} />}
        {tried === null ? null : <SetCellsPreview tried={tried} />}
      </div>
    </Dialog>
  );
};

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
