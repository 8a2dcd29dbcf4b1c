import { type ComponentPropsWithRef, type MouseEvent, type ReactNode, useId } from 'react';
import css from './button.module.css';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';

export type ButtonProps = Omit<ComponentPropsWithRef<'button'>, 'disabled' | 'title'> & {
  /** At most one `primary` on a page. `ghost` has no edge until the pointer is over it, `inverse` stands on a dark bar. */
  look?: 'default' | 'primary' | 'ghost' | 'danger' | 'inverse';
  /** 28 px in bars, 32 px in forms; 40 px on touch in both. */
  size?: 'bar' | 'form';
  icon?: ReactNode;
  keys?: string;
  /** Why it cannot be used now. It stays focusable, and says so (UX d). */
  reason?: string | undefined;
  /** Where the reason is written out beside the button; otherwise it shows on hover and focus. */
  reasonShown?: boolean;
  busy?: boolean;
  /** Its words stand flush with the text above: for a `ghost` that begins a line. */
  flush?: boolean;
};

export const Button = (props: ButtonProps) => {
  const {
    look = 'default',
    size = 'bar',
    icon,
    keys,
    reason,
    reasonShown = false,
    busy = false,
    flush = false,
    ...rest
  } = props;
  const { className, children, onClick, type = 'button', ...others } = rest;
  const reasonId = useId();
  const refused = reason !== undefined;
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (refused || busy) event.preventDefault();
    else onClick?.(event);
  };
  const button = (
    <button
      {...others}
      type={type}
      className={classNames(
        css.button,
        css[look],
        size === 'form' && css.form,
        flush && css.flush,
        className,
      )}
      aria-disabled={refused || busy || undefined}
      aria-busy={busy || undefined}
      aria-describedby={refused ? reasonId : others['aria-describedby']}
      onClick={press}
    >
      {icon}
      <span>{children}</span>
      {keys === undefined ? null : <Kbd keys={keys} />}
    </button>
  );
  if (!refused) return button;
  return (
    <span className={classNames(css.refused, reasonShown && css.written)}>
      {button}
      <span id={reasonId} className={css.reason} role={reasonShown ? undefined : 'tooltip'}>
        {reason}
      </span>
    </span>
  );
};

export type IconButtonProps = Omit<ComponentPropsWithRef<'button'>, 'children' | 'title'> & {
  /** Read out, and shown on hover. */
  label: string;
  icon: ReactNode;
  look?: 'default' | 'ghost' | 'inverse';
  small?: boolean;
};

/** For the fixed set of icons that need no word: search, columns, density, close, more, link, chevron. */
export const IconButton = ({
  label,
  icon,
  look = 'ghost',
  small = false,
  className,
  ...others
}: IconButtonProps) => (
  <button
    type="button"
    {...others}
    className={classNames(css.button, css[look], css.icon, small && css.small, className)}
    aria-label={label}
    title={label}
  >
    {icon}
  </button>
);
