import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CellTarget } from '@throughline/domain/soa/set-cells.ts';
import type { CellsSetWire } from '@throughline/domain/wire-soa.ts';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { notify } from '../../ui/toast.tsx';
import { w } from './words.ts';

/** A cell as a request names it: what the statement calls the control, and the ref of the system. */
export type NamedCell = { readonly control: string; readonly system: string };

export type CellsBody = {
  readonly cells: readonly NamedCell[];
  readonly state: CellTarget;
  readonly fields: Readonly<Record<string, string>>;
  readonly because?: string;
};

/** Sets cells, or says what that would write. */
export const sendCells = (body: CellsBody, dryRun: boolean): Promise<CellsSetWire> =>
  post<CellsSetWire>(`/api/v1/soa/matrix/cells${dryRun ? '?dryRun=true' : ''}`, body, {
    ...(dryRun ? {} : { idempotencyKey: newIdempotencyKey() }),
  });

/** Takes back what one act set: all of it, or nothing where a record was built upon. */
export const useUndoCells = (onDone: () => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ undo }: CellsSetWire) =>
      post<{ restored: number }>('/api/v1/soa/matrix/cells/undo', {
        undo,
        because: w('soa.set.undo-because'),
      }),
    onSuccess: async ({ restored }) => {
      notify({ text: w('soa.set.undone', { n: restored }) });
      onDone();
      await client.invalidateQueries();
    },
  });
};
