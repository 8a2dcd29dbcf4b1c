import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import { get, patch } from '../../api/client.ts';
import { sessionQuery } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
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
    mutationFn: (change: OrganisationPatch) => patch<OrganisationWire>('/api/v1/organisation', change),
    onSuccess: (now) => {
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
  const given = {
    busy: save.isPending,
    problem: refused,
    onSave: (change: OrganisationPatch) => save.mutate(change),
  };
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
            {...given}
          />
          <SecondFactor
            key={`second-factor ${data.secondFactor.of} ${data.secondFactor.days}`}
            organisation={data}
            {...given}
          />
          <StepUp key={`step-up ${data.stepUp.minutes}`} organisation={data} {...given} />
          <WorkingDays key={`days ${JSON.stringify(data.calendar)}`} organisation={data} {...given} />
          <Retention key={`keep ${JSON.stringify(data.retention)}`} organisation={data} {...given} />
          <LogAccess organisation={data} {...given} />
          <SettingsHistory />
        </ReasonGiven>
      )}
    </SettingsFrame>
  );
};
