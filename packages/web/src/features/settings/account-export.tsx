import { useMutation } from '@tanstack/react-query';
import { takeOutPerson } from '../../api/person-export.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

/** What the organisation holds about whoever asks, to take away. */
export const AccountExport = () => {
  const member = useSession()?.member?.id;
  const take = useMutation({ mutationFn: takeOutPerson });
  const problem = troubleOf(take.error);
  if (member === undefined) return null;
  return (
    <section className={css.form} aria-labelledby="account-export">
      <h2 id="account-export" className={css.heading}>
        {t('export.title')}
      </h2>
      <p className={css.explain}>{t('export.text')}</p>
      {problem === null ? null : <ErrorLine problem={problem} />}
      {take.isPending ? <p role="status">{t('export.making')}</p> : null}
      {take.data?.state === 'done' ? <p role="status">{t('export.made')}</p> : null}
      {take.data?.state === 'failed' || take.data?.state === 'cancelled' ? (
        <p role="alert" className={css.error}>
          {t('export.failed')} {take.data.message}
        </p>
      ) : null}
      <div>
        <Button size="form" busy={take.isPending} onClick={() => take.mutate(member)}>
          {t('export.do')}
        </Button>
      </div>
    </section>
  );
};
