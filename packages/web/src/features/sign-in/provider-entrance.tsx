import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { leaveFor, type ProviderNamed, providersQuery } from '../../api/provider.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import css from './sign-in.module.css';

export type ProviderEntranceProps = {
  next: string;
  /** What stands in the field above. */
  email: string;
  /** Of `/sign-in/{address}`: whether it leads anywhere is seen once it is used. */
  address: string | undefined;
  /** Asks for the address above, which says where somebody signs in. */
  onNoEmail: () => void;
};

/** Signs in with an account that the organisation has elsewhere: by its button, its address, or the domain of a mail address. */
export const ProviderEntrance = ({ next, email, address, onNoEmail }: ProviderEntranceProps) => {
  const { data } = useQuery(providersQuery);
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const leave = async (which: string, named: ProviderNamed): Promise<void> => {
    setBusy(which);
    setProblem(null);
    try {
      await leaveFor(named, next);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(null);
    }
  };
  const find = (): void => {
    if (address !== undefined) void leave('find', { address });
    else if (email.trim() === '') onNoEmail();
    else void leave('find', { email: email.trim() });
  };
  const finds = address !== undefined || data?.byMail === true;
  if (!finds && (data?.items ?? []).length === 0) return null;
  return (
    <div className={css.others}>
      {(data?.items ?? []).map(({ id, text }) => (
        <Button key={id} size="form" busy={busy === id} onClick={() => void leave(id, { provider: id })}>
          {text}
        </Button>
      ))}
      {finds ? (
        <Button
          size="form"
          look={address === undefined ? 'default' : 'primary'}
          busy={busy === 'find'}
          onClick={find}
        >
          {t('provider.find')}
        </Button>
      ) : null}
      {problem === null ? null : <ErrorLine problem={problem} />}
    </div>
  );
};
