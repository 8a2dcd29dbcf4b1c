import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SamePersonWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { samePersonsQuery } from '../../api/authority.ts';
import { post } from '../../api/client.ts';
import { useMembers } from '../../api/members.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { p } from '../../proposals/proposal-text.ts';
import { ReasonDialog } from '../../proposals/reason-dialog.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

const namesIn = ({ members }: SamePersonWire): { one: string; other: string } => {
  const [one = '', other = ''] = members.map(({ name }) => name);
  return { one, other };
};

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
  const [parting, setParting] = useState<SamePersonWire | null>(null);
  const me = useSession()?.member?.id;
  const pairs = data?.items ?? [];
  if (pairs.length === 0 && !administers) return null;
  const options = members.map(({ id, name }) => ({ value: id, label: name }));
  const problem = troubleOf(error ?? join.error);
  const ready = pair.one !== null && pair.other !== null && pair.one !== pair.other;
  const about = me !== undefined && (pair.one === me || pair.other === me);
  const refused = about ? t('settings.same.own') : ready ? undefined : t('settings.same.needed');
  return (
    <section className={css.form} aria-labelledby="same-persons">
      <h2 id="same-persons" className={css.heading}>
        {t('settings.same')}
      </h2>
      <p className={css.explain}>{t('settings.same.text')}</p>
      {pairs.map((known) => {
        const { one, other } = namesIn(known);
        return (
          <p key={known.id} className={css.person}>
            {t('settings.same.pair', { one, other })}
            {administers ? (
              <Button
                aria-label={t('settings.same.part-of', { one, other })}
                reason={refusal(known.abilities.end)}
                onClick={() => setParting(known)}
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
              reason={refused}
              reasonShown
              onClick={() => join.mutate()}
            >
              {t('settings.same.do')}
            </Button>
          </div>
        </>
      ) : null}
      {problem === null ? null : <ErrorLine problem={problem} />}
      {parting === null ? null : (
        <ReasonDialog
          title={t('settings.same.part-title', namesIn(parting))}
          text={t('settings.same.part-text')}
          label={p('proposal.why')}
          submit={t('settings.same.part-do')}
          cancel={t('settings.cancel')}
          done={t('settings.same.part-done')}
          waits={p('proposal.waits')}
          most={500}
          path={`/api/v1/same-persons/${parting.id}/end`}
          onClose={() => setParting(null)}
        />
      )}
    </section>
  );
};
