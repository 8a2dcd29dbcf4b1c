import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DutyWaiversWire, DutyWaiverWire } from '@throughline/domain/wire-duties.ts';
import type { WaitsWire } from '@throughline/domain/wire-proposals.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { dutyWaiversQuery } from '../../api/duties.ts';
import { isWaiting } from '../../api/proposals.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { p } from '../../proposals/proposal-text.ts';
import { ReasonDialog } from '../../proposals/reason-dialog.tsx';
import { countWords, waiverDay, waiverHands } from '../../standing/waived-approvals.tsx';
import { dayIn, formatDay } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { DayField } from '../../ui/fields/day-field.tsx';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

const shortest = 10;

/** Why, and to which day: nothing is waived for good. */
const GiveForm = ({ waivers }: { waivers: DutyWaiversWire }) => {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState<string | null>(null);
  const [key] = useState(newIdempotencyKey);
  const refused = refusal(waivers.abilities.give);
  const give = useMutation({
    mutationFn: () =>
      post<DutyWaiversWire | WaitsWire>(
        '/api/v1/duty-waivers',
        { reason: reason.trim(), until },
        { idempotencyKey: key },
      ),
    onSuccess: async (answer) => {
      notify({ text: isWaiting(answer) ? p('proposal.waits') : t('waiver.given') });
      await client.invalidateQueries();
    },
  });
  const problem = troubleOf(give.error);
  const ready = reason.trim().length >= shortest && until !== null;
  return (
    <>
      <p className={css.explain}>{t('waiver.none')}</p>
      <LongTextField
        label={t('waiver.reason')}
        help={t('waiver.reason-help')}
        value={reason}
        maxLength={2000}
        reason={refused}
        onChange={setReason}
      />
      <DayField
        label={t('waiver.until')}
        help={t('waiver.until-help')}
        value={until}
        reason={refused}
        onChange={setUntil}
      />
      {problem === null ? null : <ProblemBox problem={problem} />}
      <div>
        <Button
          size="form"
          busy={give.isPending}
          reason={refused ?? (ready ? undefined : t('waiver.needed'))}
          reasonShown
          onClick={() => give.mutate()}
        >
          {t('waiver.give')}
        </Button>
      </div>
    </>
  );
};

const Standing = ({ waiver, waivers }: { waiver: DutyWaiverWire; waivers: DutyWaiversWire }) => {
  const zone = useTimeZone();
  const [ending, setEnding] = useState(false);
  return (
    <>
      <p className={css.waived}>
        {t('waiver.standing', {
          day: formatDay(dayIn(new Date(waiver.at), zone)),
          until: formatDay(waiver.until),
          by: waiverHands(waiver),
          reason: waiver.reason,
        })}
      </p>
      <div>
        <Button
          size="form"
          reason={refusal(waivers.abilities.end)}
          reasonShown
          onClick={() => setEnding(true)}
        >
          {t('waiver.end')}
        </Button>
      </div>
      {ending ? (
        <ReasonDialog
          title={t('waiver.end-title')}
          text={t('waiver.end-text')}
          label={t('waiver.end-reason')}
          submit={t('waiver.end')}
          cancel={t('waiver.keep')}
          done={t('waiver.ended')}
          path={`/api/v1/duty-waivers/${waiver.id}/end`}
          onClose={() => setEnding(false)}
        />
      ) : null}
    </>
  );
};

const Past = ({ past }: { past: readonly DutyWaiverWire[] }) => {
  const zone = useTimeZone();
  if (past.length === 0) return null;
  const day = (at: string): string => formatDay(dayIn(new Date(at), zone));
  return (
    <div>
      <h3 className={css.subheading}>{t('waiver.past')}</h3>
      <ul className={css.lines}>
        {past.map((waiver) => (
          <li key={waiver.id}>
            {waiver.ended === undefined
              ? t('waiver.past-whole', {
                  day: day(waiver.at),
                  until: formatDay(waiver.until),
                  by: waiverHands(waiver),
                  reason: waiver.reason,
                })
              : t('waiver.past-early', {
                  day: day(waiver.at),
                  ended: day(waiver.ended.at),
                  by: waiverHands(waiver),
                  reason: waiver.reason,
                  ender: waiver.ended.by.name,
                  why: waiver.ended.reason,
                })}
          </li>
        ))}
      </ul>
    </div>
  );
};

/** Approver ≠ author is on by default and may be waived in writing, to a day, by a small organisation (DESIGN 7). */
export const DutyWaivers = () => {
  const zone = useTimeZone();
  const { data, error, refetch } = useQuery(dutyWaiversQuery(null));
  const problem = troubleOf(error);
  const standing = data?.items.find(({ inForce }) => inForce);
  return (
    <section className={css.form} aria-labelledby="duty-waivers">
      <h2 id="duty-waivers" className={css.heading}>
        {t('waiver.title')}
      </h2>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined ? null : standing === undefined ? (
        <GiveForm waivers={data} />
      ) : (
        <Standing waiver={standing} waivers={data} />
      )}
      {data === undefined || data.counts.length === 0 ? null : (
        <ul className={css.lines}>
          {data.counts.map((count) => (
            <li key={`${count.kind} ${count.waiver ?? ''}`}>
              {countWords(count, waiverDay(data, count.waiver, zone), false)}
            </li>
          ))}
        </ul>
      )}
      <Past past={(data?.items ?? []).filter(({ inForce }) => !inForce)} />
    </section>
  );
};
