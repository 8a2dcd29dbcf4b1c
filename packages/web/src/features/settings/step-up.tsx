import { stepUpMinutes } from '@throughline/domain/factors.ts';
import { loosensStepUp } from '@throughline/domain/proof-rules.ts';
import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { refusal } from '../../kinds/roles.ts';
import { whyOf } from '../../proposals/why-field.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import type { Trouble } from '../../ui/problem.tsx';
import { DemandsLess } from './demands-less.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

export type StepUpProps = {
  organisation: OrganisationWire;
  busy: boolean;
  problem: Trouble | null;
  onSave: (change: { stepUp: OrganisationWire['stepUp']; reason?: string }) => void;
};

const read = (typed: string): number => (/^\d{1,4}$/.test(typed.trim()) ? Number(typed) : 0);

/** How old the last proof of presence may be when somebody approves or accepts, and who is asked at all. */
export const StepUp = ({ organisation, busy, problem, onSave }: StepUpProps) => {
  const now = organisation.stepUp;
  const [typed, setTyped] = useState(String(now.minutes));
  const [everyone, setEveryone] = useState(now.everyone);
  const [why, setWhy] = useState('');
  const [error, setError] = useState<string>();
  const reason = refusal(organisation.abilities.secure);
  const asked = { minutes: read(typed), everyone };
  const less = loosensStepUp(now, asked);
  const save = (): void => {
    const { least, most } = stepUpMinutes;
    const usable = asked.minutes >= least && asked.minutes <= most;
    setError(usable ? undefined : t('settings.step-up-range', { least, most }));
    if (usable) onSave({ stepUp: asked, ...(less ? whyOf(why) : {}) });
  };
  return (
    <section className={css.form} aria-labelledby="step-up">
      <h2 id="step-up" className={css.heading}>
        {t('settings.step-up')}
      </h2>
      <p className={css.explain}>
        {t(now.everyone ? 'settings.step-up-text' : 'settings.step-up-text-factor', { n: now.minutes })}
      </p>
      <TextField
        id="step-up-minutes"
        label={t('settings.step-up-minutes')}
        value={typed}
        error={error}
        reason={reason}
        onChange={setTyped}
      />
      <ChoiceField
        label={t('settings.step-up-of')}
        value={everyone ? 'everyone' : 'some'}
        options={[
          { value: 'everyone', label: t('settings.step-up-everyone') },
          { value: 'some', label: t('settings.step-up-some') },
        ]}
        reason={reason}
        onChange={(value) => setEveryone(value === 'everyone')}
      />
      <DemandsLess less={less} why={why} problem={problem} onWhy={setWhy} />
      <div>
        <Button size="form" busy={busy} reason={reason} onClick={save}>
          {t('settings.save')}
        </Button>
      </div>
    </section>
  );
};
