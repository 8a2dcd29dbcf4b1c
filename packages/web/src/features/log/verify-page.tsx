import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { LogStateWire, LogVerificationWire } from '@throughline/domain/wire-log.ts';
import { type ChangeEvent, useState } from 'react';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import type { CheckAsk } from '../../proof/check.ts';
import { CheckHere } from '../../proof/check-here.tsx';
import type { CheckResult } from '../../proof/check-result.ts';
import { FaultLine } from '../../proof/fault-line.tsx';
import { faultsOf } from '../../proof/faults.ts';
import { logStateQuery } from '../../proof/log-state.ts';
import { headOf, remember, remembered } from '../../proof/remembered.ts';
import { formatInstant } from '../../text/dates.ts';
import { useTimeZone } from '../../ui/clock.ts';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { askOfHeld } from './held.ts';
import css from './log.module.css';
import { Box } from './log-box.tsx';
import { LogFrame } from './log-frame.tsx';
import { t } from './words.ts';

const LastVerification = ({ verification }: { verification: LogVerificationWire | null }) => {
  const zone = useTimeZone();
  if (verification === null)
    return (
      <Box id="last-title" title={t('log.last')}>
        <p className={css.explain}>{t('log.last.none')}</p>
        <pre className={css.note}>npx throughline log verify</pre>
      </Box>
    );
  const faults = faultsOf(verification);
  const at = formatInstant(new Date(verification.at), zone);
  return (
    <Box id="last-title" title={t('log.last')}>
      <p>{t('log.last.of', { at, n: verification.size })}</p>
      <p className={css.explain}>{t('log.last.what')}</p>
      {faults.length === 0 ? null : (
        <ul className={css.faults}>
          {faults.map((fault) => (
            <li key={JSON.stringify(fault)}>
              <FaultLine fault={fault} />
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
};

type HeldProps = { state: LogStateWire; note: string; organisation: string };

/** What this browser saw last, held against today's: each visit that holds moves it on. */
const SeenHere = ({ state, note, organisation }: HeldProps) => {
  const zone = useTimeZone();
  const client = useQueryClient();
  const [seen, setSeen] = useState(() => remembered(organisation));
  const head = seen === null ? null : headOf(seen.note);
  const keep = (): void => {
    const at = new Date().toISOString();
    const next = { note, vkey: state.keys[0]?.vkey ?? '', at };
    remember(organisation, next);
    setSeen(next);
    void client.invalidateQueries({ queryKey: logStateQuery.queryKey });
  };
  const ask = async (): Promise<CheckAsk> => askOfHeld(state, organisation, seen?.note ?? note, note);
  const onResult = (result: CheckResult): void => {
    if (result.outcome === 'goes-on') keep();
  };
  return (
    <Box id="seen-title" title={t('log.seen')}>
      <p className={css.explain}>
        {seen === null || head === null
          ? t('log.seen.none')
          : t('log.seen.of', { n: head.size, at: formatInstant(new Date(seen.at), zone) })}
      </p>
      <CheckHere
        ask={ask}
        label={seen === null ? t('log.seen.begin') : t('log.seen.check')}
        onResult={onResult}
      />
    </Box>
  );
};

const HeldByPerson = ({ state, note, organisation }: HeldProps) => {
  const [held, setHeld] = useState('');
  const read = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    if (file !== undefined) void file.text().then(setHeld);
  };
  return (
    <Box id="held-title" title={t('log.held')}>
      <p className={css.explain}>{t('log.held.explain')}</p>
      <LongTextField label={t('log.held.label')} value={held} onChange={setHeld} />
      <label className={css.file}>
        {t('log.held.file')} <input type="file" onChange={read} />
      </label>
      <CheckHere ask={async () => askOfHeld(state, organisation, held, note)} label={t('log.held.check')} />
    </Box>
  );
};

const sentenceOf = (state: LogStateWire | undefined): string => {
  if (state === undefined) return t('log.title');
  const { verification } = state;
  if (verification === null) return t('log.sentence.never-verified');
  return verification.holds
    ? t('log.sentence.verified', { n: verification.size })
    : t('log.sentence.broken', { n: Math.max(1, faultsOf(verification).length) });
};

/** `/log/verify`: what the last whole verification found, and checks of this browser against checkpoints held. */
export const Page = () => {
  usePageTitle(t('log.tab.verify'));
  const organisation = useSession()?.organisation.id;
  const { data: state, error, refetch } = useQuery(logStateQuery);
  const problem = troubleOf(error);
  const note = state?.checkpoint?.note;
  return (
    <LogFrame tab="verify" sentence={sentenceOf(state)}>
      <div className={css.column}>
        {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
        {state === undefined && problem === null ? <Skeleton height={24} lines={8} /> : null}
        {state === undefined ? null : <LastVerification verification={state.verification} />}
        {state === undefined || note === undefined || organisation === undefined ? null : (
          <>
            <SeenHere key={organisation} state={state} note={note} organisation={organisation} />
            <HeldByPerson state={state} note={note} organisation={organisation} />
          </>
        )}
      </div>
    </LogFrame>
  );
};
