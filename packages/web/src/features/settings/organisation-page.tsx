import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import type { WaitsWire } from '@throughline/domain/wire-proposals.ts';
import { get, patch } from '../../api/client.ts';
import { isWaiting, proposalsQuery } from '../../api/proposals.ts';
import { sessionQuery } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { p } from '../../proposals/proposal-text.ts';
import { Proposals } from '../../proposals/proposals.tsx';
import { ReasonGiven } from '../../ui/fields/reason-given.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast.tsx';
import { LogAccess } from './log-access.tsx';
import { OrganisationForm } from './organisation-form.tsx';
import { Retention } from './retention.tsx';
import { SecondFactor } from './second-factor.tsx';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { SettingsHistory } from './settings-history.tsx';
import { StepUp } from './step-up.tsx';
import { t } from './words.ts';
import { WorkingDays } from './working-days.tsx';

export type OrganisationPatch = {
  name?: string;
  timeZone?: string;
  intervals?: Readonly<Record<string, number | null>>;
  logPublic?: boolean;
  tokenMaxDays?: number;
  financialYear?: number | null;
  stepUp?: OrganisationWire['stepUp'];
  calendar?: OrganisationWire['calendar'];
  retention?: OrganisationWire['retention'];
  secondFactor?: Pick<OrganisationWire['secondFactor'], 'of' | 'days'>;
  reason?: string;
};

export const organisationQuery = {
  queryKey: ['organisation'],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<OrganisationWire>('/api/v1/organisation', { signal }),
};

/** `/settings`: name, time zone, adopted intervals, how long a proof lasts, and who reads the log. */
export const Page = () => {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(organisationQuery);
  const save = useMutation({
    mutationFn: (change: OrganisationPatch) =>
      patch<OrganisationWire | WaitsWire>('/api/v1/organisation', change),
    onSuccess: (now) => {
      void client.invalidateQueries({ queryKey: proposalsQuery.queryKey });
      if (isWaiting(now)) {
        notify({ text: p('proposal.waits') });
        return;
      }
      client.setQueryData(organisationQuery.queryKey, now);
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      void client.invalidateQueries({ queryKey: ['organisation', 'history'] });
      notify({ text: t('settings.saved') });
    },
  });
  const problem = troubleOf(error);
  const refused = troubleOf(save.error);
  // Said once for the page: under each of thirty fields nobody reads it.
  const reason = data && refusal(data.abilities.edit);
  const given = { busy: save.isPending, onSave: (change: OrganisationPatch) => save.mutate(change) };
  // What was refused stands where it was asked for.
  const asks = (part: keyof OrganisationPatch): boolean => part in (save.variables ?? {});
  const refusedOf = (part: 'secondFactor' | 'stepUp') => (asks(part) ? refused : null);
  return (
    <SettingsFrame title={t('settings.organisation')} sentence={t('settings.organisation.sentence')}>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined ? (
        problem === null ? (
          <Skeleton height={32} lines={6} />
        ) : null
      ) : (
        <ReasonGiven value={reason}>
          {reason === undefined ? null : <p className={css.explain}>{reason}</p>}
          <OrganisationForm
            key={`${data.name} ${data.timeZone} ${data.financialYear} ${data.intervals.map(({ months }) => months).join()}`}
            organisation={data}
            problem={asks('secondFactor') || asks('stepUp') ? null : refused}
            {...given}
          />
          <Proposals matters={['proof-rules']} className={css.form} />
          <SecondFactor
            key={`second-factor ${data.secondFactor.of} ${data.secondFactor.days}`}
            organisation={data}
            problem={refusedOf('secondFactor')}
            {...given}
          />
          <StepUp
            key={`step-up ${data.stepUp.minutes} ${data.stepUp.everyone}`}
            organisation={data}
            problem={refusedOf('stepUp')}
            {...given}
          />
          <WorkingDays key={`days ${JSON.stringify(data.calendar)}`} organisation={data} {...given} />
          <Retention key={`keep ${JSON.stringify(data.retention)}`} organisation={data} {...given} />
          <LogAccess organisation={data} {...given} />
          <SettingsHistory />
        </ReasonGiven>
      )}
    </SettingsFrame>
  );
};
