import { stepUpMinutes } from '@throughline/domain/factors.ts';
import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { refusal } from '../../kinds/roles.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

export type StepUpProps = {
  organisation: OrganisationWire;
  busy: boolean;
  onSave: (change: { stepUp: OrganisationWire['stepUp'] }) => void;
};

/** How old the last proof of presence may be when somebody approves or accepts, and who is asked at all. */
export const StepUp = ({ organisation, busy, onSave }: StepUpProps) => {
  const { minutes, everyone } = organisation.stepUp;
  const [typed, setTyped] = useState(String(minutes));
  const [error, setError] = useState<string>();
  const reason = refusal(organisation.abilities.secure);
  const save = (): void => {
    const { least, most } = stepUpMinutes;
    const read = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : 0;
    const usable = read >= least && read <= most;
    setError(usable ? undefined : t('settings.step-up-range', { least, most }));
    if (usable) onSave({ stepUp: { minutes: read, everyone } });
  };
  return (
    <section className={css.form} aria-labelledby="step-up">
      <h2 id="step-up" className={css.heading}>
        {t('settings.step-up')}
      </h2>
      <p className={css.explain}>
        {t(everyone ? 'settings.step-up-text' : 'settings.step-up-text-factor', { n: minutes })}
      </p>
      <TextField
        id="step-up-minutes"
        label={t('settings.step-up-minutes')}
        value={typed}
        error={error}
        onChange={setTyped}
      />
      <div className={css.demoActions}>
        <Button size="form" busy={busy} reason={reason} onClick={save}>
          {t('settings.save')}
        </Button>
        <Button
          size="form"
          busy={busy}
          reason={reason}
          onClick={() => onSave({ stepUp: { minutes, everyone: !everyone } })}
        >
          {t(everyone ? 'settings.step-up-some' : 'settings.step-up-everyone')}
        </Button>
      </div>
    </section>
  );
};
