import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usualMostTokenDays, usualTokenDays } from '@throughline/domain/token-life.ts';
import { provisioningScope } from '@throughline/domain/token-scope.ts';
import type { NewTokenWire, TokenWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { membersQuery } from '../../api/members.ts';
import { Problem } from '../../api/problem.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { Button } from '../../ui/button.tsx';
import { DateText, RelativeTime } from '../../ui/date-text.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Link } from '../../ui/link.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { organisationQuery } from './organisation-page.tsx';
import { provisioningTokens, scimAddress } from './provisioning-words.ts';
import { dayAhead } from './scope-words.ts';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { ShownOnce } from './shown-once.tsx';
import { SecretDialog, tokensQuery } from './tokens-page.tsx';
import { t } from './words.ts';

type MakeProps = { onClose: () => void; onMade: (token: NewTokenWire) => void };

/** Makes the token: there is nothing to choose about what it may do. */
const MakeDialog = ({ onClose, onMade }: MakeProps) => {
  const client = useQueryClient();
  const mostDays = useQuery(organisationQuery).data?.tokenMaxDays ?? usualMostTokenDays;
  const [key] = useState(newIdempotencyKey);
  const [name, setName] = useState('');
  const [until, setUntil] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const lastDay = until ?? dayAhead(new Date(), Math.min(usualTokenDays, mostDays));
  const make = useMutation({
    mutationFn: () =>
      post<NewTokenWire>(
        '/api/v1/tokens',
        { name: name.trim(), roles: [], scope: provisioningScope, expiresAt: `${lastDay}T23:59:59Z` },
        { idempotencyKey: key },
      ),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: tokensQuery.queryKey });
      onMade(made);
    },
  });
  const problem = troubleOf(make.error);
  return (
    <FormDialog
      onClose={onClose}
      title={t('provisioning.make')}
      submit={t('provisioning.make-do')}
      cancel={t('settings.cancel')}
      busy={make.isPending}
      onSubmit={() => {
        setAsked(true);
        if (name.trim() !== '') make.mutate();
      }}
    >
      <div className={css.dialogForm}>
        <p className={css.explain}>{t('provisioning.token-text')}</p>
        <TextField
          label={t('provisioning.name')}
          help={t('provisioning.name-help')}
          value={name}
          maxLength={200}
          autoFocus
          error={asked && name.trim() === '' ? t('settings.needed') : undefined}
          onChange={setName}
        />
        <DayField
          label={t('settings.tokens.last-day')}
          help={t('settings.tokens.last-day-help', { n: mostDays })}
          value={lastDay}
          onChange={setUntil}
        />
        {problem === null ? null : <ProblemBox problem={problem} />}
      </div>
    </FormDialog>
  );
};

const Tokens = ({ tokens }: { tokens: readonly TokenWire[] }) => (
  <ScrollBox label={t('provisioning.token')}>
    <table className={plain.table} aria-label={t('provisioning.token')}>
      <thead>
        <tr>
          <th scope="col">{t('provisioning.named')}</th>
          <th scope="col">{t('settings.tokens.used')}</th>
          <th scope="col">{t('settings.tokens.ends')}</th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <th scope="row">{token.name}</th>
            <td>
              {token.usedAt === null ? (
                <span className={css.quiet}>{t('settings.tokens.never')}</span>
              ) : (
                <RelativeTime at={token.usedAt} />
              )}
            </td>
            <td>
              {token.expiresAt === null ? (
                <span className={css.quiet}>{t('settings.tokens.no-end')}</span>
              ) : (
                <DateText value={token.expiresAt} due />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollBox>
);

/** `/provisioning`: where an identity provider adds and ends people, by which token, and when it last did. */
export const Page = () => {
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewTokenWire | null>(null);
  const { data, error, refetch } = useQuery(tokensQuery);
  const members = useQuery(membersQuery).data ?? [];
  const unseen = error instanceof Problem && error.status === 403 ? error.message : undefined;
  const refused = unseen ?? refusal(data?.abilities.make);
  const problem = troubleOf(error);
  const tokens = provisioningTokens(data?.items ?? [], new Date());
  const managed = members.filter((member) => member.provisioned === true).length;
  return (
    <SettingsFrame title={t('provisioning.title')} sentence={t('provisioning.explain')}>
      <section className={css.form} aria-labelledby="provisioning-address">
        <h2 id="provisioning-address" className={css.heading}>
          {t('provisioning.address')}
        </h2>
        <p className={css.explain}>{t('provisioning.address-text')}</p>
        <ShownOnce label={t('provisioning.address')} text={scimAddress(window.location.origin)} />
      </section>
      <section className={css.form} aria-labelledby="provisioning-token">
        <h2 id="provisioning-token" className={css.heading}>
          {t('provisioning.token')}
        </h2>
        <p className={css.explain}>{t('provisioning.token-text')}</p>
        {problem === null || unseen !== undefined ? null : (
          <ErrorLine problem={problem} onRetry={() => void refetch()} />
        )}
        {data === undefined && problem === null ? <Skeleton height={28} lines={2} /> : null}
        {tokens.length > 0 ? <Tokens tokens={tokens} /> : null}
        {data !== undefined && tokens.length === 0 ? <p>{t('provisioning.none')}</p> : null}
        <div className={css.buttons}>
          <Button
            look={refused === undefined && tokens.length === 0 ? 'primary' : 'default'}
            size="form"
            reason={refused}
            reasonShown
            onClick={() => setMaking(true)}
          >
            {t('provisioning.make')}
          </Button>
          {tokens.length === 0 ? null : (
            <span className={css.quiet}>
              {t('provisioning.use')} <Link href="/tokens">{t('settings.tokens')}</Link>.
            </span>
          )}
        </div>
      </section>
      {managed === 0 ? null : (
        <section className={css.form} aria-labelledby="provisioning-managed">
          <h2 id="provisioning-managed" className={css.heading}>
            {t('provisioning.managed')}
          </h2>
          <p className={css.explain}>{t('provisioning.managed-text')}</p>
          <p>
            {t('provisioning.managed-people', { n: managed })}{' '}
            <Link href="/members">{t('settings.people')}</Link>
          </p>
        </section>
      )}
      {making ? (
        <MakeDialog
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setMade(token);
          }}
        />
      ) : null}
      {made === null ? null : <SecretDialog made={made} onClose={() => setMade(null)} />}
    </SettingsFrame>
  );
};
