import type { ActionWire } from '@throughline/domain/wire.ts';
import type { HomeWire, NeedWire } from '@throughline/domain/wire-pages.ts';
import { useKinds } from '../../api/kinds.ts';
import { refusal } from '../../kinds/roles.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { RefLink } from '../../ui/link.tsx';
import css from './home.module.css';

const groups = ['overdue', 'approve', 'mentioned', 'confirm', 'week', 'undated'] as const;

/** The label without the ref that stands before it as a link, so that nothing is read twice. */
const Need = ({
  need,
  primary,
  onAction,
}: {
  need: NeedWire;
  primary: boolean;
  onAction: (action: ActionWire) => void;
}) => {
  const kinds = useKinds();
  return (
    <li className={css.need}>
      <span className={css.what}>
        <RefLink refText={need.record.ref} href={kinds.href(need.record)} title={need.record.title} />{' '}
        <span className={css.label}>{need.label}</span>
        {need.closes === null ? null : (
          <span className={css.closes}>{t('home.closes', { what: need.closes })}</span>
        )}
      </span>
      <span className={css.due}>{need.due === null ? null : <DateText value={need.due} due />}</span>
      <Button
        look={primary ? 'primary' : 'default'}
        reason={refusal(need.action.ability)}
        onClick={() => onAction(need.action)}
      >
        {need.action.label}
      </Button>
    </li>
  );
};

/** What waits for the caller, the most pressing group first; each row has one button and its due day. */
export const Needs = ({
  home,
  onAction,
  onConfirm,
}: {
  home: HomeWire;
  onAction: (action: ActionWire) => void;
  /** Asks for the word of an owner, for a document of the mandatory set. */
  onConfirm: (need: NeedWire) => void;
}) => {
  const first = groups.flatMap((group) => home[group])[0];
  return (
    <>
      {groups.map((group) =>
        home[group].length === 0 ? null : (
          <section key={group} className={css.group} aria-labelledby={`home-${group}`}>
            <h2 id={`home-${group}`} className={css.heading} data-group={group}>
              {t(`home.${group}`)} <span className={css.count}>{home[group].length}</span>
            </h2>
            <ul>
              {home[group].map((need) => (
                <Need
                  key={`${need.record.id} ${need.label}`}
                  need={need}
                  primary={need === first}
                  onAction={(action) => (group === 'confirm' ? onConfirm(need) : onAction(action))}
                />
              ))}
            </ul>
          </section>
        ),
      )}
    </>
  );
};
