import { t } from '../text/t.ts';
import { Link } from '../ui/link.tsx';
import { usePageTitle } from '../ui/navigate.ts';
import css from './notice-page.module.css';

/** One page for "not allowed" and for "not there", so that it tells nobody which of the two it is (UX d). */
export const AbsentPage = () => {
  usePageTitle(t('page.absent.title'));
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t('page.absent.title')}</h1>
      <p className={css.text}>{t('page.absent.text')}</p>
      <Link href="/">{t('page.absent.home')}</Link>
    </div>
  );
};
