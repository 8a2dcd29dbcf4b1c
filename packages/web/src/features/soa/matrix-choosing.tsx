import { useQueryClient } from '@tanstack/react-query';
import { type UnitHead, unitKey } from '@throughline/domain/soa/matrix-columns.ts';
import type { CellsSetWire, MatrixWire } from '@throughline/domain/wire-soa.ts';
import { useState } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { BulkBar } from '../../ui/bulk-bar.tsx';
import { Button } from '../../ui/button.tsx';
import { announce } from '../../ui/live-region.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import css from './matrix.module.css';
import { SetCellsDialog } from './set-cells-dialog.tsx';
import type { ChoosingState } from './use-choosing.ts';
import { useUndoCells } from './use-set-cells.ts';
import { w } from './words.ts';

/** The server takes as many in one change. */
const atMost = 400;

/** Folds every unit into one column, or opens all of them. */
export const FoldAll = ({
  heads,
  onFold,
}: {
  heads: readonly UnitHead[];
  onFold: (units: ReadonlySet<string>) => void;
}) => {
  if (heads.length === 0) return null;
  const all = heads.every(({ folded }) => folded);
  return (
    <Button onClick={() => onFold(new Set(all ? [] : heads.map(({ unit }) => unitKey(unit))))}>
      {w(all ? 'soa.matrix.unfold-all' : 'soa.matrix.fold-all')}
    </Button>
  );
};

/** What can be done with the chosen cells, and the one way back from what was done. */
export const Choosing = ({ matrix, choosing }: { matrix: MatrixWire; choosing: ChoosingState }) => {
  const client = useQueryClient();
  const [wrote, setWrote] = useState<CellsSetWire | null>(null);
  const undo = useUndoCells(() => setWrote(null));
  const trouble = troubleOf(undo.error);
  const { cells, opened, choose, open, close } = choosing;
  const reason =
    refusal(matrix.abilities.set) ??
    (cells.length > atMost ? w('soa.matrix.too-many', { n: atMost }) : undefined);
  const done = async (answer: CellsSetWire): Promise<void> => {
    close();
    choose(null);
    undo.reset();
    setWrote(answer);
    announce(w('soa.set.done', { n: answer.made + answer.changed }));
    await client.invalidateQueries();
  };
  return (
    <>
      {wrote === null ? (
        <p className={css.quiet}>{w('soa.matrix.how-to-choose')}</p>
      ) : (
        <div className={css.wrote}>
          <span>
            {w('soa.set.done', { n: wrote.made + wrote.changed })}{' '}
            {wrote.refused.length === 0 ? '' : w('soa.set.done-refused', { n: wrote.refused.length })}
          </span>
          <Button busy={undo.isPending} onClick={() => undo.mutate(wrote)}>
            {w('soa.set.undo')}
          </Button>
        </div>
      )}
      {trouble === null ? null : <ErrorLine problem={trouble} />}
      <BulkBar
        count={cells.length}
        actions={[{ label: w('soa.set.open'), run: open, reason }]}
        onClear={() => choose(null)}
      />
      {opened && cells.length > 0 && reason === undefined ? (
        <SetCellsDialog cells={cells} onClose={close} onDone={(answer) => void done(answer)} />
      ) : null}
    </>
  );
};
