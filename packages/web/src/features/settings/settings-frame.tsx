import type { ReactNode } from 'react';
import { accountAlone, useSession } from '../../api/session.ts';
import { Link } from '../../ui/link.tsx';
import { usePageTitle, usePath } from '../../ui/navigate.ts';
import css from './settings.module.css';
import { t } from './words.ts';

const places = [
  ['/settings', 'settings.organisation'],
  ['/members', 'settings.people'],
  ['/groups', 'groups.title'],
  ['/roles', 'roles.title'],
  ['/deputies', 'deputies.title'],
  ['/sign-in-settings', 'provider.title'],
  ['/provisioning', 'provisioning.title'],
  ['/units', 'units.title'],
  ['/removals', 'removals.title'],
  ['/tokens', 'settings.tokens'],
  ['/authority', 'settings.authority'],
  ['/account', 'account.title'],
  ['/preferences', 'settings.preferences'],
  ['/jobs', 'settings.jobs'],
  ['/demo', 'demo.title'],
] as const;

export type SettingsFrameProps = {
  title: string;
  sentence?: string;
  actions?: ReactNode;
  children: ReactNode;
};

/** List on the left, form on the right (UX d). */
export const SettingsFrame = ({ title, sentence, actions, children }: SettingsFrameProps) => {
  usePageTitle(title);
  const path = usePath();
  const alone = accountAlone(useSession(), Date.now());
  const shown = alone ? places.filter(([href]) => href === '/account') : places;
  return (
    <div className={css.frame}>
      <nav className={css.list} aria-label={t('settings.list')}>
        <ul>
          {shown.map(([href, key]) => (
            <li key={href}>
              <Link
                href={href}
                look="plain"
                className={css.place}
                aria-current={href === path ? 'page' : undefined}
              >
                {t(key)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={css.content}>
        <div className={css.head}>
          <div>
            <h1 className={css.title}>{title}</h1>
            {sentence === undefined ? null : <p className={css.sentence}>{sentence}</p>}
          </div>
          {actions}
        </div>
        {children}
      </div>
    </div>
  );
};
