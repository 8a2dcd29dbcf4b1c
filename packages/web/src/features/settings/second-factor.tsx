import { loosensSecondFactor } from '@throughline/domain/proof-rules.ts';
import { factorDemands, graceDays } from '@throughline/domain/second-factor.ts';
import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { refusal } from '../../kinds/roles.ts';
import { whyOf } from '../../proposals/why-field.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { NumberField } from '../../ui/fields/number-field.tsx';
import type { Trouble } from '../../ui/problem.tsx';
import { DemandsLess } from './demands-less.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

export type SecondFactorProps = {
  organisation: OrganisationWire;
  busy: boolean;
  problem: Trouble | null;
  onSave: (change: {
    secondFactor: Pick<OrganisationWire['secondFactor'], 'of' | 'days'>;
    reason?: string;
  }) => void;
};

/** Of whom a second factor is demanded, and how many days they have to add one. */
export const SecondFactor = ({ organisation, busy, problem, onSave }: SecondFactorProps) => {
  const now = organisation.secondFactor;
  const [of, setOf] = useState(now.of);
  const [days, setDays] = useState<number | null>(now.days);
  const [why, setWhy] = useState('');
  const asked = { of, days: days ?? now.days };
  const less = loosensSecondFactor(now, asked);
  const reason = refusal(organisation.abilities.secure);
  const options = factorDemands.map((value) => ({ value, label: t(`settings.factor.${value}`) }));
  return (
    <section className={css.form} aria-labelledby="second-factor">
      <h2 id="second-factor" className={css.heading}>
        {t('settings.factor')}
      </h2>
      <p className={css.explain}>{t('settings.factor-text')}</p>
      <ChoiceField
        label={t('settings.factor-of')}
        value={of}
        options={options}
        reason={reason}
        onChange={(value) => setOf(factorDemands.find((one) => one === value) ?? of)}
      />
      {of === 'nobody' ? null : (
        <NumberField
          label={t('settings.factor-days')}
          help={t('settings.factor-days-help')}
          value={days}
          min={graceDays.least}
          max={graceDays.most}
          whole
          reason={reason}
          onChange={setDays}
        />
      )}
      <DemandsLess less={less} why={why} problem={problem} onWhy={setWhy} />
      <div>
        <Button
          size="form"
          busy={busy}
          reason={reason}
          onClick={() => onSave({ secondFactor: asked, ...(less ? whyOf(why) : {}) })}
        >
          {t('settings.save')}
        </Button>
      </div>
    </section>
  );
};
