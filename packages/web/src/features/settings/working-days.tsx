import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import { dueRules } from '@throughline/domain/working-calendar.ts';
import { useState } from 'react';
import { refusal } from '../../kinds/roles.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { ChoicesField } from '../../ui/fields/choices-field.tsx';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import { holidayLines, readHolidays } from './holidays.ts';
import css from './settings.module.css';
import { t } from './words.ts';

const days = [1, 2, 3, 4, 5, 6, 7] as const;

export type WorkingDaysProps = {
  organisation: OrganisationWire;
  busy: boolean;
  onSave: (change: { calendar: OrganisationWire['calendar'] }) => void;
};

/** On which days people work, and when something is due that falls on another one. */
export const WorkingDays = ({ organisation, busy, onSave }: WorkingDaysProps) => {
  const { calendar } = organisation;
  const [working, setWorking] = useState<readonly string[]>(calendar.workingDays.map(String));
  const [due, setDue] = useState(calendar.due);
  const [text, setText] = useState(holidayLines(calendar.holidays));
  const [error, setError] = useState<string>();
  const reason = refusal(organisation.abilities.edit);
  const save = (): void => {
    const read = readHolidays(text);
    setError('problem' in read ? read.problem : undefined);
    if ('problem' in read || working.length === 0) return;
    onSave({ calendar: { workingDays: working.map(Number), holidays: read.holidays, due } });
  };
  return (
    <section className={css.form} aria-labelledby="working-days">
      <h2 id="working-days" className={css.heading}>
        {t('settings.days')}
      </h2>
      <p className={css.explain}>{t('settings.days-text')}</p>
      <ChoicesField
        label={t('settings.days-of-week')}
        value={working}
        options={days.map((day) => ({ value: String(day), label: t(`settings.day.${day}`) }))}
        error={working.length === 0 ? t('settings.days-needed') : undefined}
        reason={reason}
        onChange={setWorking}
      />
      <ChoiceField
        label={t('settings.due')}
        value={due}
        options={dueRules.map((rule) => ({ value: rule, label: t(`settings.due.${rule}`) }))}
        reason={reason}
        onChange={(rule) => setDue(dueRules.find((one) => one === rule) ?? due)}
      />
      <LongTextField
        label={t('settings.holidays')}
        help={t('settings.holidays-help')}
        value={text}
        maxLength={40_000}
        error={error}
        reason={reason}
        onChange={setText}
      />
      <div>
        <Button size="form" busy={busy} reason={reason} onClick={save}>
          {t('settings.save')}
        </Button>
      </div>
    </section>
  );
};
