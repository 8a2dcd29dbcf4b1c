import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { providerQuery } from '../../api/provider.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast.tsx';
import { ProviderForm } from './provider-form.tsx';
import { RemoveProvider } from './provider-remove.tsx';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { ShownOnce } from './shown-once.tsx';
import { t } from './words.ts';

/** `/sign-in-settings`: signing in with a provider of the organisation, and what its word is worth. */
export const Page = () => {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(providerQuery);
  const [begun, setBegun] = useState(false);
  const problem = troubleOf(error);
  return (
    <SettingsFrame title={t('provider.title')} sentence={t('provider.sentence')}>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined ? (
        problem === null && <Skeleton height={32} lines={6} />
      ) : (
        <>
          {data.provider === null && !begun ? (
            <EmptyState
              sentence={t('provider.empty')}
              actions={
                <Button look="primary" size="form" onClick={() => setBegun(true)}>
                  {t('provider.begin')}
                </Button>
              }
            />
          ) : null}
          <section className={css.form} aria-labelledby="provider-redirect">
            <h2 id="provider-redirect" className={css.heading}>
              {t('provider.redirect')}
            </h2>
            <p className={css.explain}>{t('provider.redirect-help')}</p>
            <ShownOnce label={t('provider.redirect')} text={data.redirect} />
          </section>
          {data.provider === null && !begun ? null : (
            <ProviderForm
              known={data}
              onSaved={(now) => {
                client.setQueryData(providerQuery.queryKey, now);
                notify({ text: t('provider.saved') });
              }}
            />
          )}
          {data.provider === null ? null : (
            <RemoveProvider
              linked={data.provider.linked}
              onRemoved={() => {
                setBegun(false);
                void client.invalidateQueries({ queryKey: providerQuery.queryKey });
                notify({ text: t('provider.removed') });
              }}
            />
          )}
        </>
      )}
    </SettingsFrame>
  );
};
