import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NewTokenWire, TokensWire, TokenWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { del, get } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { Problem } from '../../api/problem.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { Button } from '../../ui/button.tsx';
import { DateText, RelativeTime } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { roleWords } from './roles.ts';
import { RotateDialog } from './rotate-dialog.tsx';
import { scopeWords } from './scope-words.ts';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { ShownOnce } from './shown-once.tsx';
import { TokenDialog } from './token-dialog.tsx';
import { t } from './words.ts';

export const tokensQuery = {
  queryKey: ['tokens'],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<TokensWire>('/api/v1/tokens', { signal }),
};

type RowProps = {
  token: TokenWire;
  labelOf: (kind: string) => string;
  onRotate: () => void;
  onEnd: () => void;
};

/** Whoever answers for it: the account that it belongs to, and everybody who had a secret of it. */
const behindWords = ({ service, madeBy }: TokenWire): string | undefined => {
  const names = madeBy.map(({ name }) => name).join(', ');
  const words = [
    ...(service === null ? [] : [t('settings.tokens.of-account', { name: service.name })]),
    ...(names === '' ? [] : [t('settings.tokens.made-by', { names })]),
  ];
  return words.length === 0 ? undefined : words.join(', ');
};

const Row = ({ token, labelOf, onRotate, onEnd }: RowProps) => (
  <tr>
    <th scope="row">
      {token.name} <span className={css.quiet}>{behindWords(token)}</span>
    </th>
    <td>{roleWords(token.roles)}</td>
    <td>{scopeWords(token.scope, labelOf)}</td>
    <td className={plain.tight}>
      <RelativeTime at={token.createdAt} />
    </td>
    <td className={plain.tight}>
      {token.usedAt === null ? (
        <span className={css.quiet}>{t('settings.tokens.never')}</span>
      ) : (
        <RelativeTime at={token.usedAt} />
      )}
    </td>
    <td className={plain.tight}>
      {token.revokedAt !== null ? (
        <DateText value={token.revokedAt} before={t('settings.people.ended')} />
      ) : token.expiresAt === null ? (
        <span className={css.quiet}>{t('settings.tokens.no-end')}</span>
      ) : (
        <DateText value={token.expiresAt} due />
      )}
      {token.previousUntil === null || token.revokedAt !== null ? null : (
        <span className={css.quiet}>
          {' '}
          <DateText value={token.previousUntil} before={t('settings.tokens.previous')} />
        </span>
      )}
    </td>
    <td className={plain.tight}>
      {token.revokedAt === null ? (
        <span className={css.oneLine}>
          <Button
            aria-label={t('settings.tokens.rotate-of', { name: token.name })}
            reason={refusal(token.abilities.rotate)}
            onClick={onRotate}
          >
            {t('settings.tokens.rotate')}
          </Button>
          <Button
            aria-label={t('settings.tokens.end-of', { name: token.name })}
            reason={refusal(token.abilities.end)}
            onClick={onEnd}
          >
            {t('settings.tokens.end')}
          </Button>
        </span>
      ) : null}
    </td>
  </tr>
);

const EndDialog = ({ token, onClose }: { token: TokenWire; onClose: () => void }) => {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => del(`/api/v1/tokens/${token.id}`),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: tokensQuery.queryKey });
      onClose();
    },
  });
  const problem = troubleOf(end.error);
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('settings.tokens.end-title', { name: token.name })}
      actions={
        <>
          <Button look="danger" size="form" busy={end.isPending} onClick={() => end.mutate()}>
            {t('settings.tokens.end-do')}
          </Button>
          <Button size="form" onClick={onClose}>
            {t('settings.cancel')}
          </Button>
        </>
      }
    >
      <p className={css.dialogText}>{t('settings.tokens.end-text')}</p>
      {problem === null ? null : <ErrorLine problem={problem} />}
    </Dialog>
  );
};

/** The secret of a token that was made or renewed, this once. */
export const SecretDialog = ({ made, onClose }: { made: NewTokenWire; onClose: () => void }) => (
  <Dialog
    opened
    onClose={onClose}
    size="medium"
    title={made.token?.name ?? t('settings.tokens.secret-label')}
    actions={
      <Button look="primary" size="form" onClick={onClose}>
        {t('settings.done')}
      </Button>
    }
  >
    {made.secret === null ? (
      <p>{t('settings.tokens.secret-gone')}</p>
    ) : (
      <>
        <p className={css.dialogText}>{t('settings.tokens.secret')}</p>
        <ShownOnce label={t('settings.tokens.secret-label')} text={made.secret} />
      </>
    )}
  </Dialog>
);

const headings = ['name', 'roles', 'scope', 'created', 'used', 'ends'] as const;

/** `/tokens`: what acts without a person; a secret is shown once. */
export const Page = () => {
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewTokenWire | null>(null);
  const [ending, setEnding] = useState<TokenWire | null>(null);
  const [rotating, setRotating] = useState<TokenWire | null>(null);
  const kinds = useKinds();
  const labelOf = (kind: string): string => kinds.byName(kind)?.plural ?? kind;
  const { data, error, refetch } = useQuery(tokensQuery);
  const tokens = data?.items;
  const problem = troubleOf(error);
  // Nothing failed: whose roles do not reach tokens reads who could.
  const unseen = error instanceof Problem && error.status === 403 ? error.message : undefined;
  const refused = unseen ?? refusal(data?.abilities.make);
  return (
    <SettingsFrame
      title={
        tokens === undefined || tokens.length === 0
          ? t('settings.tokens')
          : t('settings.tokens.sentence', { n: tokens.length })
      }
      sentence={t('settings.tokens.explain')}
      actions={
        <Button
          look={refused === undefined ? 'primary' : 'default'}
          size="form"
          reason={refused}
          reasonShown
          onClick={() => setMaking(true)}
        >
          {t('settings.tokens.make')}
        </Button>
      }
    >
      {problem === null || unseen !== undefined ? null : (
        <ErrorLine problem={problem} onRetry={() => void refetch()} />
      )}
      {data === undefined && problem === null ? <Skeleton height={28} lines={4} /> : null}
      {tokens?.length === 0 ? <p className={css.explain}>{t('settings.tokens.none')}</p> : null}
      {tokens === undefined || tokens.length === 0 ? null : (
        <ScrollBox label={t('settings.tokens')}>
          <table className={plain.table} aria-label={t('settings.tokens')}>
            <thead>
              <tr>
                {headings.map((heading) => (
                  <th key={heading} scope="col">
                    {t(`settings.tokens.${heading}`)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {tokens.map((token) => (
                <Row
                  key={token.id}
                  token={token}
                  labelOf={labelOf}
                  onRotate={() => setRotating(token)}
                  onEnd={() => setEnding(token)}
                />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {making ? (
        <TokenDialog
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setMade(token);
          }}
        />
      ) : null}
      {made === null ? null : <SecretDialog made={made} onClose={() => setMade(null)} />}
      {rotating === null ? null : (
        <RotateDialog
          token={rotating}
          onClose={() => setRotating(null)}
          onMade={(token) => {
            setRotating(null);
            setMade(token);
          }}
        />
      )}
      {ending === null ? null : <EndDialog token={ending} onClose={() => setEnding(null)} />}
    </SettingsFrame>
  );
};
