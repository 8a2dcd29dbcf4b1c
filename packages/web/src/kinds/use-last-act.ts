import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Trouble } from '../ui/problem.tsx';
import { notify } from '../ui/toast.tsx';
import { problemOf } from './blobs.ts';

/**
 * The act that a dialog is there for: once done it is told, all that is open is read anew and the dialog closes; refused,
 * the dialog stays and says why.
 */
export const useLastAct = (onClose: () => void) => {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const run = async (act: () => Promise<unknown>, done: string): Promise<void> => {
    setBusy(true);
    try {
      await act();
      notify({ text: done });
      await client.invalidateQueries();
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return { busy, problem, run };
};
