import { useState } from 'react';
import { formatNumber, t } from '../text/t.ts';
import { Avatar } from '../ui/avatar.tsx';
import { classNames } from '../ui/class-names.ts';
import { BellIcon, ChevronDownIcon, FingerprintIcon, SearchIcon, SidebarIcon } from '../ui/icons.ts';
import { Kbd } from '../ui/kbd.tsx';
import { Link } from '../ui/link.tsx';
import { Menu, type MenuGroup } from '../ui/menu.tsx';
import { useSingleKeys } from '../ui/use-hotkeys.ts';
import { Mark } from './mark.tsx';
import { type Place, placeOf, type Section } from './navigation.ts';
import type { ShellData } from './shell-data.ts';
import css from './sidebar.module.css';
import { type Theme, useTheme } from './theme.tsx';

const countText = (count: number | string | undefined): string | null =>
  count === undefined ? null : typeof count === 'number' ? formatNumber(count) : count;

const Count = ({ count }: { count: number | string | undefined }) => {
  const text = countText(count);
  return text === null ? null : <span className={css.count}>{text}</span>;
};

const PlaceLink = ({
  place,
  current,
  count,
}: {
  place: Place;
  current: boolean;
  count: number | string | undefined;
}) => (
  <li>
    <Link href={place.path} look="plain" className={css.place} aria-current={current ? 'page' : undefined}>
      <span>{t(place.label)}</span>
      <Count count={count} />
    </Link>
  </li>
);

type SectionProps = {
  section: Section;
  open: boolean;
  current: Place | null;
  data: ShellData;
  folded: boolean;
  onToggle: () => void;
};

/** A section of one place is a link; another opens and shows its places. Narrow, the sections are links with a tip. */
const SectionItem = ({ section, open, current, data, folded, onToggle }: SectionProps) => {
  const Icon = section.icon;
  const first = section.places[0]?.path ?? '/';
  const here = current !== null && section.places.some((place) => place.path === current.path);
  const head = classNames(css.section, (open || here) && css.on);
  const inside = (
    <>
      <Icon />
      <span className={css.word}>{t(section.label)}</span>
    </>
  );
  if (folded || section.places.length === 1) {
    return (
      <li>
        <Link
          href={first}
          look="plain"
          className={head}
          title={folded ? t(section.label) : undefined}
          aria-current={here ? 'page' : undefined}
        >
          {inside}
          <Count count={data.counts?.[first]} />
        </Link>
      </li>
    );
  }
  return (
    <li>
      <button type="button" className={head} aria-expanded={open} onClick={onToggle}>
        {inside}
      </button>
      {open ? (
        <ul className={css.places}>
          {section.places.map((place) => (
            <PlaceLink
              key={place.path}
              place={place}
              current={place.path === current?.path}
              count={data.counts?.[place.path]}
            />
          ))}
        </ul>
      ) : null}
    </li>
  );
};

const useAccountMenu = (data: ShellData): readonly MenuGroup[] => {
  const [theme, setTheme] = useTheme();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const themes: readonly Theme[] = ['light', 'dark', 'system'];
  const groups: MenuGroup[] = [
    {
      label: t('app.theme'),
      items: themes.map((name) => ({
        label: t(`app.theme.${name}`),
        checked: theme === name,
        onSelect: () => setTheme(name),
      })),
    },
    {
      label: t('app.single-keys'),
      items: [
        { label: t('app.single-keys.on'), checked: singleKeys, onSelect: () => setSingleKeys(true) },
        { label: t('app.single-keys.off'), checked: !singleKeys, onSelect: () => setSingleKeys(false) },
      ],
    },
  ];
  if (data.onSignOut !== undefined)
    groups.push({ items: [{ label: t('app.sign-out'), onSelect: data.onSignOut }] });
  return groups;
};

const LogState = ({ log }: { log: NonNullable<ShellData['log']> }) => (
  <Link href={log.href ?? '/log'} look="plain" className={css.log} data-state={log.state}>
    <FingerprintIcon />
    <span className={css.word}>
      {log.sentence}
      {log.detail === undefined ? null : <span className={css.detail}>{log.detail}</span>}
    </span>
  </Link>
);

const Foot = ({ data, folded, onFold }: { data: ShellData; folded: boolean; onFold: () => void }) => {
  const name = data.person?.name;
  const account = useAccountMenu(data);
  const inbox =
    data.unread === undefined || data.unread === 0
      ? t('app.inbox')
      : t('app.inbox-count', { n: data.unread });
  return (
    <div className={css.foot}>
      {data.tray}
      {data.log === undefined ? null : <LogState log={data.log} />}
      <div className={css.me}>
        <Menu
          groups={account}
          trigger={
            <button type="button" className={css.person} title={t('app.account')}>
              <Avatar name={name ?? t('app.name')} />
              <span className={css.word}>{name ?? t('app.account')}</span>
            </button>
          }
        />
        {data.hasPage('/inbox') ? (
          <Link href="/inbox" look="plain" className={css.small} aria-label={inbox} title={inbox}>
            <BellIcon />
            {data.unread === undefined || data.unread === 0 ? null : (
              <span className={css.unread}>{data.unread > 99 ? '99+' : data.unread}</span>
            )}
          </Link>
        ) : null}
        <button
          type="button"
          className={classNames(css.small, css.fold)}
          aria-label={folded ? t('app.expand') : t('app.collapse')}
          title={`${folded ? t('app.expand') : t('app.collapse')} [`}
          onClick={onFold}
        >
          <SidebarIcon />
        </button>
      </div>
    </div>
  );
};

export type SidebarProps = {
  data: ShellData;
  sections: readonly Section[];
  path: string;
  folded: boolean;
  onFold: () => void;
  /** Null where nothing may be searched. */
  onSearch: (() => void) | null;
};

/** The one navigation: nine items, one open at a time (UX b). */
export const Sidebar = ({ data, sections, path, folded, onFold, onSearch }: SidebarProps) => {
  const current = placeOf(path);
  const [opened, setOpened] = useState<{ id: string; on: string } | null>(null);
  // What was opened by hand holds until the page changes; then the section of the page is open.
  const openId = opened !== null && opened.on === path ? opened.id : (current?.section.id ?? '');
  const organisation = (
    <>
      <Mark />
      <span className={css.word}>{data.organisation ?? t('app.name')}</span>
    </>
  );
  return (
    <nav className={css.sidebar} data-folded={folded || undefined} aria-label={t('app.navigation')}>
      {data.organisationMenu === undefined ? (
        <span className={css.organisation}>{organisation}</span>
      ) : (
        <Menu
          groups={data.organisationMenu}
          width={240}
          trigger={
            <button
              type="button"
              className={css.organisation}
              aria-label={`${data.organisation ?? t('app.name')}: ${t('app.organisation')}`}
            >
              {organisation}
              <ChevronDownIcon size={14} />
            </button>
          }
        />
      )}
      {onSearch === null ? null : (
        <button
          type="button"
          className={css.find}
          onClick={onSearch}
          aria-keyshortcuts="Control+K Meta+K"
          title={folded ? t('app.search') : undefined}
        >
          <SearchIcon size={15} />
          <span className={css.word}>{t('app.search')}</span>
          <span className={css.keys}>
            <Kbd keys="mod+k" />
          </span>
        </button>
      )}
      <ul className={css.sections}>
        {sections.map((section) => (
          <SectionItem
            key={section.id}
            section={section}
            open={section.id === openId}
            current={current?.place ?? null}
            data={data}
            folded={folded}
            onToggle={() => setOpened({ id: section.id === openId ? '' : section.id, on: path })}
          />
        ))}
      </ul>
      <Foot data={data} folded={folded} onFold={onFold} />
    </nav>
  );
};
