import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { samePersonsQuery } from '../../api/authority.ts';
import { del, post } from '../../api/client.ts';
import { useMembers } from '../../api/members.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

/** Members that are one person: neither approves what the other wrote (DESIGN 7). */
export const SamePersons = ({ administers }: { administers: boolean }) => {
  const client = useQueryClient();
  const members = useMembers();
  const { data, error } = useQuery(samePersonsQuery);
  const [pair, setPair] = useState<{ one: string | null; other: string | null }>({ one: null, other: null });
  const again = () => client.invalidateQueries({ queryKey: samePersonsQuery.queryKey });
  const join = useMutation({
    mutationFn: () => post('/api/v1/same-persons', { members: [pair.one, pair.other] }),
    onSuccess: async () => {
      setPair({ one: null, other: null });
      await again();
    },
  });
  const part = useMutation({
    mutationFn: (id: string) => del(`/api/v1/same-persons/${id}`),
    onSuccess: again,
  });
  const pairs = data?.items ?? [];
  if (pairs.length === 0 && !administers) return null;
  const options = members.map(({ id, name }) => ({ value: id, label: name }));
  const problem = troubleOf(error ?? join.error ?? part.error);
  const ready = pair.one !== null && pair.other !== null && pair.one !== pair.other;
  return (
    <section className={css.form} aria-labelledby="same-persons">
      <h2 id="same-persons" className={css.heading}>
        {t('settings.same')}
      </h2>
      <p className={css.explain}>{t('settings.same.text')}</p>
      {pairs.map(({ id, members: both }) => {
        const [one = '', other = ''] = both.map(({ name }) => name);
        return (
          <p key={id} className={css.person}>
            {t('settings.same.pair', { one, other })}
            {administers ? (
              <Button
                aria-label={t('settings.same.part-of', { one, other })}
                busy={part.isPending}
                onClick={() => part.mutate(id)}
              >
                {t('settings.same.part')}
              </Button>
            ) : null}
          </p>
        );
      })}
      {administers ? (
        <>
          <ChoiceField
            label={t('settings.same.one')}
            value={pair.one}
            options={options}
            onChange={(one) => setPair((now) => ({ ...now, one }))}
          />
          <ChoiceField
            label={t('settings.same.other')}
            value={pair.other}
            options={options}
            onChange={(other) => setPair((now) => ({ ...now, other }))}
          />
          <div>
            <Button
              size="form"
              busy={join.isPending}
              reason={ready ? undefined : t('settings.same.needed')}
              reasonShown
              onClick={() => join.mutate()}
            >
              {t('settings.same.do')}
            </Button>
          </div>
        </>
      ) : null}
      {problem === null ? null : <ErrorLine problem={problem} />}
    </section>
  );
};
