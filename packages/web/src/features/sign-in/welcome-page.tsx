import { useMutation } from '@tanstack/react-query';
import type { JobWire } from '@throughline/domain/wire.ts';
import type { ReactNode } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { ChevronRightIcon, ImportIcon, InventoryIcon, PlusIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/link.tsx';
import { useNavigate, usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import { BarePage } from './bare-page.tsx';
import css from './sign-in.module.css';

const Inside = ({ icon, name, text }: { icon: ReactNode; name: string; text: string }) => (
  <>
    {icon}
    <span>
      <span className={css.doorName}>{name}</span>
      <span className={css.doorText}>{text}</span>
    </span>
    <ChevronRightIcon />
  </>
);

const DemoDoor = () => {
  const navigate = useNavigate();
  const load = useMutation({
    mutationFn: () => post<JobWire>('/api/v1/demo', {}, { idempotencyKey: newIdempotencyKey() }),
    onSuccess: () => {
      notify({ text: t('welcome.demo-running') });
      navigate('/jobs');
    },
  });
  const problem = troubleOf(load.error);
  return (
    <>
      <button type="button" className={css.door} aria-busy={load.isPending} onClick={() => load.mutate()}>
        <Inside icon={<InventoryIcon size={20} />} name={t('welcome.demo')} text={t('welcome.demo-text')} />
      </button>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => load.mutate()} />}
    </>
  );
};

/** The first page after the set-up: one sentence and three doors; two where the server has no demo to offer (UX d). */
export const Page = () => {
  usePageTitle(t('welcome.title'));
  const me = useSession();
  return (
    <BarePage
      title={t('welcome.title')}
      sentence={t('welcome.sentence', { organisation: me?.organisation.name ?? t('app.name') })}
    >
      <div className={css.doors}>
        <Link href="/import?kind=use-case" look="plain" className={css.door}>
          <Inside
            icon={<ImportIcon size={20} />}
            name={t('welcome.import')}
            text={t('welcome.import-text')}
          />
        </Link>
        {me?.demo === 'offered' ? <DemoDoor /> : null}
        <Link href="/systems/new" look="plain" className={css.door}>
          <Inside icon={<PlusIcon size={20} />} name={t('welcome.empty')} text={t('welcome.empty-text')} />
        </Link>
      </div>
    </BarePage>
  );
};
