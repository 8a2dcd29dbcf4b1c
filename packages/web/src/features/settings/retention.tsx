import { leastDays, mostRetentionDays, retained } from '@throughline/domain/retention.ts';
import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { refusal } from '../../kinds/roles.ts';
import { Button } from '../../ui/button.tsx';
import { NumberField } from '../../ui/fields/number-field.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

export type RetentionProps = {
  organisation: OrganisationWire;
  busy: boolean;
  onSave: (change: { retention: OrganisationWire['retention'] }) => void;
};

/** How long is kept what is not kept for ever. */
export const Retention = ({ organisation, busy, onSave }: RetentionProps) => {
  const [days, setDays] = useState(organisation.retention);
  const reason = refusal(organisation.abilities.secure);
  return (
    <section className={css.form} aria-labelledby="retention">
      <h2 id="retention" className={css.heading}>
        {t('settings.keep')}
      </h2>
      <p className={css.explain}>{t('settings.keep-text')}</p>
      {retained.map((what) => (
        <NumberField
          key={what}
          label={t(`settings.keep.${what}`)}
          help={what === 'importCells' ? t('settings.keep.importCells-help') : undefined}
          value={days[what]}
          min={leastDays[what]}
          max={mostRetentionDays}
          whole
          optional
          reason={reason}
          onChange={(value) => setDays((now) => ({ ...now, [what]: value }))}
        />
      ))}
      <div>
        <Button size="form" busy={busy} reason={reason} onClick={() => onSave({ retention: days })}>
          {t('settings.save')}
        </Button>
      </div>
    </section>
  );
};
