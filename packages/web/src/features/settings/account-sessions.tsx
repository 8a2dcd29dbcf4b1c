import { agentWords } from '@throughline/domain/agent-words.ts';
import type { OwnSessionWire } from '@throughline/domain/wire-account.ts';
import { useState } from 'react';
import { del } from '../../api/client.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/date-text.tsx';
import plain from '../../ui/plain.module.css';
import { PlainRows } from '../../ui/plain-rows.tsx';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

/** Where one is signed in, in every organisation; each can be ended from here. */
export const AccountSessions = ({
  sessions,
  onChanged,
}: {
  sessions: readonly OwnSessionWire[];
  onChanged: () => void;
}) => {
  const [problem, setProblem] = useState<Trouble | null>(null);
  const end = async (path: string): Promise<void> => {
    setProblem(null);
    try {
      await del(`/api/v1/account/sessions${path}`);
      onChanged();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const nameOf = ({ agent }: OwnSessionWire) => agentWords(agent) ?? t('account.session-unknown');
  return (
    <section className={css.form} aria-labelledby="account-sessions">
      <h2 id="account-sessions" className={css.heading}>
        {t('account.sessions')}
      </h2>
      {problem === null ? null : <ErrorLine problem={problem} />}
      <PlainRows
        label={t('account.sessions')}
        acts
        headings={[
          t('account.session'),
          t('account.session-host'),
          t('settings.organisation'),
          t('account.session-by'),
          t('account.session-seen'),
        ]}
      >
        {sessions.map((session) => (
          <tr key={session.id}>
            <th scope="row">{nameOf(session)}</th>
            <td>{session.host}</td>
            <td>{session.organisation.name}</td>
            <td>{session.methods.map((method) => t(`account.method.${method}`)).join(', ')}</td>
            <td className={plain.tight}>
              <RelativeTime at={session.seenAt} />
            </td>
            <td className={plain.tight}>
              {session.current ? (
                <span className={css.quiet}>{t('account.session-this')}</span>
              ) : (
                <Button
                  aria-label={t('account.session-end-of', { agent: nameOf(session) })}
                  onClick={() => void end(`/${session.id}`)}
                >
                  {t('account.session-end')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </PlainRows>
      {sessions.length > 1 ? (
        <div>
          <Button size="form" onClick={() => void end('')}>
            {t('account.sessions-end')}
          </Button>
        </div>
      ) : null}
    </section>
  );
};
