import { useState } from 'react';
import { type Names, useMemberNames } from '../../api/members.ts';
import { partLabel, valueText } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useStore } from '../../ui/store.ts';
import { type Conflict, conflicts } from './changes.ts';
import type { Clash, PartValue, Which } from './lost-race.ts';
import css from './register.module.css';

const told = (kind: Conflict['kind'], part: string, value: PartValue, names: Names): string => {
  const field = kind.fields[part];
  const text =
    'links' in value
      ? value.links.map((ref) => `${ref.ref} ${ref.title}`).join('\n')
      : field === undefined
        ? ''
        : valueText(field, value.field, names, '\n');
  return text === '' ? t('conflict.empty') : text;
};

const Sides = ({ kind, clash, names }: { kind: Conflict['kind']; clash: Clash; names: Names }) => (
  <div className={css.sides}>
    <div className={css.side}>
      <b>{t('conflict.theirs')}</b>
      <span>{told(kind, clash.part, clash.theirs, names)}</span>
    </div>
    <div className={css.side}>
      <b>{t('conflict.yours')}</b>
      <span>{told(kind, clash.part, clash.yours, names)}</span>
    </div>
  </div>
);

const Choice = ({ conflict }: { conflict: Conflict }) => {
  const { kind, clashes, record, choose } = conflict;
  const names = useMemberNames(record.members);
  const [answer, setAnswer] = useState<Readonly<Record<string, Which>>>({});
  const by = record.updatedBy;
  const who = by.type === 'person' ? (names[by.id] ?? t('conflict.someone')) : t('conflict.someone');
  const all = (which: Which): void => choose(Object.fromEntries(clashes.map(({ part }) => [part, which])));
  const one = clashes.length === 1;
  const open = clashes.filter(({ part }) => answer[part] === undefined);
  const list = clashes.map(({ part }) => partLabel(kind, part)).join(', ');
  return (
    <Dialog
      opened
      onClose={() => choose(null)}
      size="medium"
      title={t('conflict.title')}
      actions={
        one ? (
          <>
            <Button size="form" look="primary" onClick={() => all('yours')}>
              {t('conflict.use-yours')}
            </Button>
            <Button size="form" onClick={() => all('theirs')}>
              {t('conflict.keep-theirs')}
            </Button>
          </>
        ) : (
          <>
            <Button
              size="form"
              look="primary"
              reason={open.length === 0 ? undefined : t('conflict.open', { n: open.length })}
              reasonShown
              onClick={() => choose(answer)}
            >
              {t('conflict.save')}
            </Button>
            <Button size="form" onClick={() => choose(null)}>
              {t('conflict.later')}
            </Button>
          </>
        )
      }
    >
      <div className={css.choice}>
        <p>{t('conflict.text', { who, label: list })}</p>
        {clashes.map((clash) => (
          <section key={clash.part} className={css.clash} aria-label={partLabel(kind, clash.part)}>
            {one ? null : <h3 className={css.sentence}>{partLabel(kind, clash.part)}</h3>}
            <Sides kind={kind} clash={clash} names={names} />
            {one ? null : (
              <Segmented<Which | ''>
                label={t('conflict.which', { label: partLabel(kind, clash.part) })}
                value={answer[clash.part] ?? ''}
                onChange={(which) => {
                  if (which !== '') setAnswer({ ...answer, [clash.part]: which });
                }}
                options={[
                  { value: 'theirs', label: t('conflict.keep-theirs') },
                  { value: 'yours', label: t('conflict.use-yours') },
                ]}
              />
            )}
          </section>
        ))}
      </div>
    </Dialog>
  );
};

/** Two people changed the same at once: what both wrote stands side by side, and one of each is chosen (UX d, lost race). */
export const ConflictDialog = () => {
  const conflict = useStore(conflicts);
  return conflict === null ? null : (
    <Choice key={`${conflict.record.ref} ${conflict.record.version}`} conflict={conflict} />
  );
};
