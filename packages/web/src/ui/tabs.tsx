import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { formatNumber } from '../text/t.ts';
import { Link } from './link.tsx';
import css from './tabs.module.css';

export type Tab<V extends string> = { value: V; label: string; count?: number | string; panel: ReactNode };

const Count = ({ count }: { count: number | string | undefined }) =>
  count === undefined ? null : (
    <span className={css.count}>{typeof count === 'number' ? formatNumber(count) : count}</span>
  );

export type TabsProps<V extends string> = {
  label: string;
  tabs: readonly Tab<V>[];
  value: V;
  onChange: (value: V) => void;
};

/** Parts of one page. Arrows move between tabs and choose; only the chosen panel is drawn. */
export const Tabs = <V extends string>({ label, tabs, value, onChange }: TabsProps<V>) => {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const current = Math.max(
    0,
    tabs.findIndex((tab) => tab.value === value),
  );
  const press = (event: KeyboardEvent): void => {
    const last = tabs.length - 1;
    const next = {
      ArrowRight: current === last ? 0 : current + 1,
      ArrowLeft: current === 0 ? last : current - 1,
      Home: 0,
      End: last,
    }[event.key];
    const tab = next === undefined ? undefined : tabs[next];
    if (tab === undefined || next === undefined) return;
    event.preventDefault();
    onChange(tab.value);
    const button = list.current?.children[next];
    if (button instanceof HTMLElement) button.focus();
  };
  return (
    <>
      <div ref={list} role="tablist" aria-label={label} className={css.tabs}>
        {tabs.map((tab, index) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            aria-selected={index === current}
            aria-controls={index === current ? `${id}-panel` : undefined}
            tabIndex={index === current ? 0 : -1}
            className={css.tab}
            onClick={() => onChange(tab.value)}
            onKeyDown={press}
          >
            {tab.label}
            <Count count={tab.count} />
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tabs[current]?.value}`}
        className={css.panel}
      >
        {tabs[current]?.panel}
      </div>
    </>
  );
};

export type LinkTab = { href: string; label: string; count?: number | string; current: boolean };

/** Tabs that are addresses: saved views of a register, parts of a record. `children` follows them (Save as view). */
export const LinkTabs = ({
  label,
  tabs,
  children,
}: {
  label: string;
  tabs: readonly LinkTab[];
  children?: ReactNode;
}) => (
  <nav aria-label={label} className={css.tabs}>
    {tabs.map((tab) => (
      <Link
        key={tab.href}
        href={tab.href}
        look="plain"
        className={css.tab}
        aria-current={tab.current ? 'page' : undefined}
      >
        {tab.label}
        <Count count={tab.count} />
      </Link>
    ))}
    {children}
  </nav>
);
