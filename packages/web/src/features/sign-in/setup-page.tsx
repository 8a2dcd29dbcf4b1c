import { useQuery } from '@tanstack/react-query';
import type { SetupWire } from '@throughline/domain/wire-pages.ts';
import { get, post } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Link } from '../../ui/link.tsx';
import { useLinkSecret, usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { BarePage } from './bare-page.tsx';
import { SetupForm } from './setup-form.tsx';
import css from './sign-in.module.css';

const Ended = ({ setup }: { setup: SetupWire }) => {
  if (!setup.needed) {
    return (
      <BarePage title={t('setup.done')}>
        <p className={css.sentence}>
          <Link href="/sign-in">{t('invitation.to-sign-in')}</Link>
        </p>
      </BarePage>
    );
  }
  const link = setup.link === 'used' || setup.link === 'expired' ? setup.link : 'unknown';
  return (
    <BarePage title={t(`setup.link.${link}`)}>
      <p className={css.sentence}>{t('setup.link.text')}</p>
    </BarePage>
  );
};

/** `/setup#token=`: the organisation and its first administrator, by the link that the server printed. */
export const Page = () => {
  usePageTitle(t('setup.title'));
  const token = useLinkSecret();
  const { data, error, refetch } = useQuery({
    queryKey: ['setup', token],
    queryFn: ({ signal }) =>
      token === ''
        ? get<SetupWire>('/api/v1/setup', { signal })
        : post<SetupWire>('/api/v1/setup/link', { token }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const problem = troubleOf(error);
  if (data === undefined) {
    return (
      <BarePage title={t('setup.title')}>
        {problem === null ? (
          <Skeleton height={32} lines={5} />
        ) : (
          <ErrorLine problem={problem} onRetry={() => void refetch()} />
        )}
      </BarePage>
    );
  }
  if (!data.allowed) return <Ended setup={data} />;
  return (
    <BarePage title={t('setup.title')} sentence={t('setup.sentence')}>
      <SetupForm token={token} />
    </BarePage>
  );
};
