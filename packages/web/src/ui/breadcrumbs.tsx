import { Fragment, type ReactNode } from 'react';
import { t } from '../text/t.ts';
import css from './breadcrumbs.module.css';
import { ChevronRightIcon } from './icons.ts';
import { Link } from './link.tsx';

export type Crumb = { label: string; href?: string };

/** The bar at the top of a record page, 44 px: where it is, and what acts on the page as a whole. */
export const BreadcrumbBar = ({ crumbs, children }: { crumbs: readonly Crumb[]; children?: ReactNode }) => (
  <div className={css.bar}>
    <nav aria-label={t('ui.breadcrumbs')}>
      <ol className={css.crumbs}>
        {crumbs.map((crumb, index) => (
          <Fragment key={`${crumb.label} ${crumb.href ?? ''}`}>
            {index === 0 ? null : (
              <li aria-hidden="true">
                <ChevronRightIcon size={13} />
              </li>
            )}
            <li>
              {crumb.href === undefined ? (
                <span className={css.here} aria-current={index === crumbs.length - 1 ? 'page' : undefined}>
                  {crumb.label}
                </span>
              ) : (
                <Link href={crumb.href} look="quiet">
                  {crumb.label}
                </Link>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
    <div className={css.actions}>{children}</div>
  </div>
);
