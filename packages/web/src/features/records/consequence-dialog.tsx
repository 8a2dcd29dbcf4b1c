import type { KindWire, RefWire } from '@throughline/domain/wire.ts';
import { useKinds } from '../../api/kinds.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RefLink } from '../../ui/link.tsx';
import { consequences } from './consequence.ts';
import css from './record.module.css';
import type { Preview } from './use-save.ts';

const Refs = ({ refs }: { refs: readonly RefWire[] }) => {
  const kinds = useKinds();
  return (
    <ul className={css.refs}>
      {refs.map((ref) => (
        <li key={ref.id}>
          <RefLink refText={ref.ref} href={kinds.href(ref)} /> {ref.title}
        </li>
      ))}
    </ul>
  );
};

/** What a material change brings about, before it does (UX d, Consequence preview). */
export const ConsequenceDialog = ({ kind, preview }: { kind: KindWire; preview: Preview }) => {
  const { change, decide } = preview;
  return (
    <Dialog
      opened
      onClose={() => decide(false)}
      title={t('consequence.title')}
      actions={
        <>
          <Button size="form" look="primary" onClick={() => decide(true)}>
            {t('consequence.save')}
          </Button>
          <Button size="form" onClick={() => decide(false)}>
            {t('consequence.keep')}
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        {consequences(kind, change).map((sentence) => (
          <p key={sentence} className={css.sentence}>
            {sentence}
          </p>
        ))}
        <Refs refs={[...change.voided, ...change.stale]} />
      </div>
    </Dialog>
  );
};
