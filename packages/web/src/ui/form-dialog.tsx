import { type ReactNode, useRef } from 'react';
import { Button } from './button.tsx';
import { Dialog, type DialogProps } from './dialog.tsx';
import { refuseUnread } from './fields/unread.ts';
import { announce } from './live-region.tsx';

export type FormDialogProps = Pick<DialogProps, 'title' | 'size' | 'children' | 'onClose'> & {
  /** The deciding button, and the one that leaves all as it was. */
  submit: string;
  cancel: string;
  look?: 'primary' | 'danger';
  busy?: boolean;
  /** Why it cannot be done now, shown beside the button. */
  reason?: string | undefined;
  /** Further buttons, after the two. */
  more?: ReactNode;
  onSubmit: () => void;
};

/** A question with one answer to give: a short form over the page. Nothing is sent while a field holds what cannot be read. */
export const FormDialog = ({
  submit,
  cancel,
  look = 'primary',
  busy = false,
  reason,
  more,
  onSubmit,
  children,
  ...dialog
}: FormDialogProps) => {
  const box = useRef<HTMLDivElement>(null);
  const send = (): void => {
    const unread = refuseUnread(box.current);
    if (unread === undefined) onSubmit();
    else announce(unread);
  };
  return (
    <Dialog
      {...dialog}
      opened
      actions={
        <>
          <Button look={look} size="form" busy={busy} reason={reason} reasonShown onClick={send}>
            {submit}
          </Button>
          <Button size="form" onClick={dialog.onClose}>
            {cancel}
          </Button>
          {more}
        </>
      }
    >
      <div ref={box}>{children}</div>
    </Dialog>
  );
};
