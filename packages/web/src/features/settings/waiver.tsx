import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { refusal } from '../../kinds/roles.ts';
import { formatInstant } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import css from './settings.module.css';

export type WaiverProps = {
  organisation: OrganisationWire;
  busy: boolean;
  onSave: (change: { authorMayApprove: { reason: string } | null }) => void;
};

/** Approver ≠ author is on by default and may be waived in writing by a small organisation (DESIGN 7). */
export const Waiver = ({ organisation, busy, onSave }: WaiverProps) => {
  const zone = useTimeZone();
  const [reason, setReason] = useState('');
  const refused = refusal(organisation.abilities.edit);
  const waiver = organisation.authorWaiver;
  return (
    <section className={css.form} aria-labelledby="waiver">
      <h2 id="waiver" className={css.heading}>
        {t('settings.waiver')}
      </h2>
      {waiver === null ? (
        <>
          <p className={css.explain}>{t('settings.waiver-off')}</p>
          <LongTextField
            label={t('settings.waiver-reason')}
            help={t('settings.waiver-help')}
            value={reason}
            maxLength={2000}
            reason={refused}
            onChange={setReason}
          />
          <div>
            <Button
              size="form"
              busy={busy}
              reason={refused ?? (reason.trim().length < 10 ? t('settings.waiver-help') : undefined)}
              onClick={() => onSave({ authorMayApprove: { reason: reason.trim() } })}
            >
              {t('settings.waiver-do')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p className={css.waived}>
            {t('settings.waiver-on', {
              at: formatInstant(new Date(waiver.at), zone),
              by: waiver.byName ?? waiver.by,
              reason: waiver.reason,
            })}
          </p>
          <div>
            <Button
              size="form"
              busy={busy}
              reason={refused}
              onClick={() => onSave({ authorMayApprove: null })}
            >
              {t('settings.waiver-end')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
};
