import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deputiesQuery } from '../../api/people.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { formatDay } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { useEndDeputy } from './deputies-page.tsx';
import { DeputyDialog } from './deputy-dialog.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

/** Who stands in for oneself, and for whom one stands in; a deputy is named here without asking anybody. */
export const AccountDeputy = () => {
  const session = useSession();
  const me = session?.member?.id;
  const [naming, setNaming] = useState(false);
  const { data = [], error } = useQuery(deputiesQuery);
  const end = useEndDeputy();
  if (me === undefined || session?.roles.includes('external-auditor') === true) return null;
  const mine = data.filter(({ absent, member }) => absent.id === me || member.id === me);
  const problem = troubleOf(error ?? end.error);
  return (
    <section className={css.form} aria-labelledby="account-deputy">
      <h2 id="account-deputy" className={css.heading}>
        {t('deputies.yours')}
      </h2>
      <p className={css.explain}>{t('deputies.yours-text')}</p>
      {problem === null ? null : <ErrorLine problem={problem} />}
      {mine.map(({ id, absent, member, first, last }) => {
        const days = { first: formatDay(first), last: formatDay(last) };
        return (
          <p key={id} className={css.person}>
            {absent.id === me
              ? t('deputies.yours-is', { name: member.name, ...days })
              : t('deputies.you-are', { name: absent.name, ...days })}
            <Button
              aria-label={t('deputies.end-of', { member: member.name, absent: absent.name })}
              busy={end.isPending && end.variables === id}
              onClick={() => end.mutate(id)}
            >
              {t('deputies.end')}
            </Button>
          </p>
        );
      })}
      <div>
        <Button size="form" onClick={() => setNaming(true)}>
          {t('deputies.name')}
        </Button>
      </div>
      {naming ? <DeputyDialog absent={me} chooses={false} onClose={() => setNaming(false)} /> : null}
    </section>
  );
};
