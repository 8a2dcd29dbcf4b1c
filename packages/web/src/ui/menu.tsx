import { Menu as Base } from '@mantine/core';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { CheckIcon } from './icons.ts';
import { Kbd } from './kbd.tsx';
import css from './menu.module.css';
import { useNavigate } from './navigate.ts';
import floating from './popover.module.css';

export type MenuItem = {
  label: string;
  onSelect?: () => void;
  href?: string;
  icon?: ReactNode;
  keys?: string;
  /** Second line in small print. */
  note?: string;
  /** Why it cannot be chosen now: shown in place of the note, and choosing does nothing. */
  reason?: string | undefined;
  /** For a choice among several: the current one carries a tick. */
  checked?: boolean;
  danger?: boolean;
};

export type MenuGroup = { label?: string; items: readonly MenuItem[] };

export type MenuProps = {
  /** The button that opens it; it must take a ref. */
  trigger: ReactElement;
  groups: readonly MenuGroup[];
  align?: 'start' | 'end';
  width?: number | 'target';
};

const Entry = ({ item }: { item: MenuItem }) => {
  const navigate = useNavigate();
  const refused = item.reason !== undefined;
  const choose = (): void => {
    if (refused) return;
    item.onSelect?.();
    if (item.href !== undefined) navigate(item.href);
  };
  const small = item.reason ?? item.note;
  return (
    <Base.Item
      className={css.item}
      onClick={choose}
      closeMenuOnClick={!refused}
      aria-disabled={refused || undefined}
      data-danger={item.danger || undefined}
      {...(item.checked === undefined ? {} : { role: 'menuitemradio', 'aria-checked': item.checked })}
      leftSection={
        item.checked === undefined ? (
          item.icon
        ) : (
          <span className={css.tick}>{item.checked ? <CheckIcon size={14} /> : null}</span>
        )
      }
      rightSection={item.keys === undefined ? undefined : <Kbd keys={item.keys} />}
      classNames={{ itemLabel: css.label ?? '', itemSection: css.section ?? '' }}
    >
      {item.label}
      {small === undefined ? null : <span className={css.note}>{small}</span>}
    </Base.Item>
  );
};

/** A menu of actions: arrows move, a letter finds, Esc closes and gives focus back. */
export const Menu = ({ trigger, groups, align = 'start', width }: MenuProps) => (
  <Base
    unstyled
    withInitialFocusPlaceholder={false}
    position={align === 'start' ? 'bottom-start' : 'bottom-end'}
    offset={4}
    {...(width === undefined ? {} : { width })}
    transitionProps={{ duration: 0 }}
    classNames={{ dropdown: `${floating.floating} ${css.menu}` }}
  >
    <Base.Target>{trigger}</Base.Target>
    <Base.Dropdown>
      {groups.map((group, index) => (
        <Fragment key={group.label ?? `group-${group.items[0]?.label}`}>
          {index === 0 ? null : <Base.Divider className={css.divider} />}
          {group.label === undefined ? null : <Base.Label className={css.heading}>{group.label}</Base.Label>}
          {group.items.map((item) => (
            <Entry key={item.label} item={item} />
          ))}
        </Fragment>
      ))}
    </Base.Dropdown>
  </Base>
);
