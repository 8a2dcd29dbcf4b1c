import { Popover as Base } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import css from './popover.module.css';

export type PopoverProps = {
  opened: boolean;
  onChange: (opened: boolean) => void;
  /** The element it hangs on; it must take a ref. */
  trigger: ReactElement;
  label: string;
  children: ReactNode;
  width?: number;
  align?: 'start' | 'end';
};

/** A small floating dialog: takes focus, closes on Esc or outside, gives focus back. */
export const Popover = ({
  opened,
  onChange,
  trigger,
  label,
  children,
  width = 264,
  align = 'start',
}: PopoverProps) => (
  <Base
    unstyled
    opened={opened}
    onChange={onChange}
    position={align === 'start' ? 'bottom-start' : 'bottom-end'}
    offset={4}
    width={width}
    trapFocus
    returnFocus
    transitionProps={{ duration: 0 }}
    classNames={{ dropdown: css.floating ?? '' }}
  >
    <Base.Target>{trigger}</Base.Target>
    <Base.Dropdown aria-label={label} aria-labelledby={undefined}>
      <div className={css.inside}>{children}</div>
    </Base.Dropdown>
  </Base>
);
