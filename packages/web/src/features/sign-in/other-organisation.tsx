import { useMutation } from '@tanstack/react-query';
import type { MeWire } from '@throughline/domain/wire-session.ts';
import { useEffect, useState } from 'react';
import { setOtherOrganisationHandler } from '../../api/organisation.ts';
import { useSession } from '../../api/session.ts';
import { goOnIn } from '../../api/switch.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import css from './sign-in.module.css';

const Ask = ({ me, onClose }: { me: MeWire; onClose: () => void }) => {
  const { id, name } = me.organisation;
  const back = useMutation({ mutationFn: () => goOnIn(id) });
  const problem = troubleOf(back.error);
  return (
    <Dialog
      opened
      size="small"
      title={t('switch.other-title')}
      onClose={onClose}
      actions={
        <>
          <Button size="form" busy={back.isPending} onClick={() => back.mutate()}>
            {t('switch.back', { name })}
          </Button>
          <Button look="primary" size="form" onClick={() => window.location.replace('/')}>
            {t('switch.go-on')}
          </Button>
        </>
      }
    >
      <p className={css.sentence}>{t('switch.other-text', { name })}</p>
      {problem === null ? null : <ErrorLine problem={problem} />}
    </Dialog>
  );
};

/**
 * Says, over whatever is open, that its person went on in another organisation in another tab. What was typed stays to be
 * copied; nothing of it is sent until one of the two ways on is taken.
 */
export const OtherOrganisation = () => {
  const me = useSession();
  const [told, setTold] = useState(false);
  useEffect(() => {
    setOtherOrganisationHandler(() => setTold(true));
    return () => setOtherOrganisationHandler(() => undefined);
  }, []);
  return told && me !== undefined ? <Ask me={me} onClose={() => setTold(false)} /> : null;
};
