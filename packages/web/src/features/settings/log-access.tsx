import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import { refusal } from '../../kinds/roles.ts';
import { Button } from '../../ui/button.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

export type LogAccessProps = {
  organisation: OrganisationWire;
  busy: boolean;
  onSave: (change: { logPublic: boolean }) => void;
};

/** Whether anyone may read the log's tree and entries, which hold ids and digests alone (DESIGN 5). */
export const LogAccess = ({ organisation, busy, onSave }: LogAccessProps) => {
  const open = organisation.logPublic;
  return (
    <section className={css.form} aria-labelledby="log-access">
      <h2 id="log-access" className={css.heading}>
        {t('settings.log-access')}
      </h2>
      <p className={css.explain}>
        {t(open ? 'settings.log-access-open' : 'settings.log-access-closed', {
          address: `/log/${organisation.id}/checkpoint`,
        })}
      </p>
      <div>
        <Button
          size="form"
          busy={busy}
          reason={refusal(organisation.abilities.secure)}
          onClick={() => onSave({ logPublic: !open })}
        >
          {t(open ? 'settings.log-access-close' : 'settings.log-access-do')}
        </Button>
      </div>
    </section>
  );
};
