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

const fields = 'input, textarea, select, [role="combobox"]';

/**
 * The dialog gives focus to what bears the mark, else to its first button, which closes it. Whoever opened a form is to
 * type at once (WCAG 2.4.3).
 */
const beginAtField = (box: HTMLElement): void => {
  if (box.querySelector('[data-autofocus]') !== null) return;
  const usable = (field: Element): boolean =>
    !field.matches(':disabled, [readonly], [type="hidden"], [tabindex="-1"]');
  [...box.querySelectorAll(fields)].find(usable)?.setAttribute('data-autofocus', 'true');
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
  const show = (shown: HTMLDivElement | null): void => {
    box.current = shown;
    if (shown !== null) beginAtField(shown);
  };
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
      <div ref={show}>{children}</div>
    </Dialog>
  );
};
