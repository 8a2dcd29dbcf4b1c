import { t } from '../text/t.ts';
import { usePageTitle } from '../ui/navigate.ts';
import css from './gallery-page.module.css';

/** Every component on one page, for eyes and for the accessibility check. Development builds only. */
export const Page = () => {
  usePageTitle('Gallery');
  return (
    <div className={css.page}>
      <h1>{t('app.name')}</h1>
    </div>
  );
};
