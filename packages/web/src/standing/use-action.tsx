import { useRouter } from '@tanstack/react-router';
import type { ActionWire } from '@throughline/domain/wire.ts';
import { type ReactNode, useCallback, useState } from 'react';
import { useKinds } from '../api/kinds.ts';
import { destinationOf } from './action-href.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import { StepDialog } from './step-dialog.tsx';

/** Runs what a gap or a need asks for. `dialog` stands somewhere on the page: steps and approvals ask first. */
export const useAction = (): { run: (action: ActionWire) => void; dialog: ReactNode } => {
  const router = useRouter();
  const kinds = useKinds();
  const [asked, setAsked] = useState<ActionWire | null>(null);
  const run = useCallback(
    (action: ActionWire): void => {
      if (!action.ability.allowed) return;
      const { pathname, searchStr } = router.state.location;
      const to = destinationOf(action.do, kinds, `${pathname}${searchStr}`);
      if (to === null) setAsked(action);
      else router.history.push(to);
    },
    [router, kinds],
  );
  const close = (): void => setAsked(null);
  const deed = asked?.do;
  const dialog =
    deed?.type === 'step' ? (
      <StepDialog record={deed.ref} transition={deed.transition} label={asked?.label ?? ''} onClose={close} />
    ) : deed?.type === 'approve' ? (
      <ApproveDialog record={deed.ref} onClose={close} />
    ) : null;
  return { run, dialog };
};
