import { tokenDaysRange } from '@throughline/domain/token-life.ts';
import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import { type FormEvent, useMemo, useState } from 'react';
import { refusal } from '../../kinds/roles.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { NumberField } from '../../ui/fields/number-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import plain from '../../ui/plain.module.css';
import { ProblemBox, type Trouble } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { changedIntervals, everyText } from './intervals.ts';
import css from './settings.module.css';
import { t } from './words.ts';

export type OrganisationFormProps = {
  organisation: OrganisationWire;
  busy: boolean;
  problem: Trouble | null;
  onSave: (change: {
    name?: string;
    timeZone?: string;
    intervals?: Readonly<Record<string, number | null>>;
    tokenMaxDays?: number;
    financialYear?: number | null;
  }) => void;
};

const monthOptions = Array.from({ length: 12 }, (_, month) => ({
  value: String(month + 1),
  label: new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month, 1)),
}));

const zones = (own: string) =>
  [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }));

export const OrganisationForm = ({ organisation, busy, problem, onSave }: OrganisationFormProps) => {
  const options = useMemo(() => zones(organisation.timeZone), [organisation.timeZone]);
  const [name, setName] = useState(organisation.name);
  const [timeZone, setTimeZone] = useState(organisation.timeZone);
  const [months, setMonths] = useState<Readonly<Record<string, number | null>>>({});
  const [tokenMaxDays, setTokenMaxDays] = useState<number | null>(organisation.tokenMaxDays);
  const [financialYear, setFinancialYear] = useState(organisation.financialYear);
  const reason = refusal(organisation.abilities.edit);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const intervals = changedIntervals(organisation.intervals, months);
    onSave({
      ...(name === organisation.name ? {} : { name }),
      ...(timeZone === organisation.timeZone ? {} : { timeZone }),
      ...(tokenMaxDays === null || tokenMaxDays === organisation.tokenMaxDays ? {} : { tokenMaxDays }),
      ...(financialYear === organisation.financialYear ? {} : { financialYear }),
      ...(Object.keys(intervals).length === 0 ? {} : { intervals }),
    });
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <TextField
        label={t('settings.name')}
        value={name}
        maxLength={200}
        reason={reason}
        error={name.trim() === '' ? t('settings.needed') : undefined}
        onChange={setName}
      />
      {organisation.slug === null ? null : (
        <TextField
          label={t('settings.slug')}
          value={organisation.slug}
          reason={t('settings.slug-help')}
          onChange={() => undefined}
        />
      )}
      <ChoiceField
        label={t('settings.time-zone')}
        help={t('settings.time-zone-help')}
        value={timeZone}
        options={options}
        reason={reason}
        onChange={(zone) => setTimeZone(zone ?? timeZone)}
      />
      <ChoiceField
        label={t('settings.financial-year')}
        help={t('settings.financial-year-help')}
        value={financialYear === null ? null : String(financialYear)}
        options={monthOptions}
        optional
        reason={reason}
        onChange={(month) => setFinancialYear(month === null ? null : Number(month))}
      />
      <NumberField
        label={t('settings.tokens.max-days')}
        help={t('settings.tokens.max-days-help')}
        value={tokenMaxDays}
        min={tokenDaysRange.least}
        max={tokenDaysRange.most}
        whole
        reason={refusal(organisation.abilities.secure)}
        onChange={setTokenMaxDays}
      />
      <div>
        <h2 id="intervals" className={css.heading}>
          {t('settings.intervals')}
        </h2>
        <p className={css.explain}>{t('settings.intervals-text')}</p>
        <ScrollBox label={t('settings.intervals')}>
          <table className={plain.table} aria-labelledby="intervals">
            <thead>
              <tr>
                <th scope="col">{t('settings.interval')}</th>
                <th scope="col">{t('settings.advised')}</th>
                <th scope="col">{t('settings.adopted')}</th>
              </tr>
            </thead>
            <tbody>
              {organisation.intervals.map((interval) => (
                <tr key={interval.id}>
                  <th scope="row">{interval.name}</th>
                  <td className={plain.tight}>{everyText(interval.advised)}</td>
                  <td className={css.months}>
                    <NumberField
                      bare
                      label={t('settings.adopted-of', { name: interval.name })}
                      value={interval.id in months ? (months[interval.id] ?? null) : interval.months}
                      min={1}
                      max={120}
                      whole
                      optional
                      reason={reason}
                      onChange={(value) => setMonths((now) => ({ ...now, [interval.id]: value }))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </div>
      {problem === null ? null : <ProblemBox problem={problem} />}
      <div>
        <Button type="submit" look="primary" size="form" busy={busy} reason={reason}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  );
};
