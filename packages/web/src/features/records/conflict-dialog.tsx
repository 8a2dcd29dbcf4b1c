import { useMemberNames } from '../../api/members.ts';
import { partLabel, valueText } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useStore } from '../../ui/store.ts';
import { conflicts } from './changes.ts';
import css from './register.module.css';

/** Two people changed one field at once: both values stand side by side and one is chosen (UX d, lost race). */
export const ConflictDialog = () => {
  const conflict = useStore(conflicts);
  const names = useMemberNames(conflict?.record.members);
  if (conflict === null) return null;
  const { kind, part, theirs, yours, record, choose } = conflict;
  const field = kind.fields[part];
  const by = record.updatedBy;
  const who = by.type === 'person' ? (names[by.id] ?? t('conflict.someone')) : t('conflict.someone');
  const told = (value: typeof theirs): string =>
    (field === undefined ? '' : valueText(field, value, names, '\n')) || t('conflict.empty');
  return (
    <Dialog
      opened
      onClose={() => choose('theirs')}
      size="medium"
      title={t('conflict.title')}
      actions={
        <>
          <Button size="form" look="primary" onClick={() => choose('yours')}>
            {t('conflict.use-yours')}
          </Button>
          <Button size="form" onClick={() => choose('theirs')}>
            {t('conflict.keep-theirs')}
          </Button>
        </>
      }
    >
      <div className={css.choice}>
        <p>{t('conflict.text', { who, label: partLabel(kind, part) })}</p>
        <div className={css.sides}>
          <div className={css.side}>
            <b>{t('conflict.theirs')}</b>
            <span>{told(theirs)}</span>
          </div>
          <div className={css.side}>
            <b>{t('conflict.yours')}</b>
            <span>{told(yours)}</span>
          </div>
        </div>
      </div>
    </Dialog>
  );
};
