import type { ActionWire, GapWire, RefWire, VerdictWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { useKinds } from '../api/kinds.ts';
import { refusal } from '../kinds/roles.ts';
import { stationName, stationOrder } from '../kinds/stations.ts';
import { formatDay } from '../text/dates.ts';
import { t } from '../text/t.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { DateText } from '../ui/date-text.tsx';
import { MoreIcon } from '../ui/icons.ts';
import { Link, RefLink } from '../ui/link.tsx';
import { Menu } from '../ui/menu.tsx';
import css from './gap-block.module.css';
import type { ShownGap } from './line-item.ts';
import { MakeTaskDialog } from './make-task-dialog.tsx';
import { Sentence } from './sentence.tsx';

export type GapBlockProps = {
  id: string;
  gap: ShownGap;
  verdict: VerdictWire;
  /** The one primary button of the page. */
  primary: boolean;
  onAction: (action: ActionWire) => void;
  /** Why nothing can be done now, whatever the caller may: an earlier moment is shown. */
  locked?: string | undefined;
  /** The system whose line it is; without one a gap cannot be made a task. */
  system?: RefWire | undefined;
  /** It speaks of sealed records: then it is nobody's task. */
  sealed?: boolean;
};

const causeText = (cause: NonNullable<GapWire['causedBy']>): string => {
  if ('organisation' in cause) return t('line.falls-with-organisation', { id: cause.organisation });
  return t('line.falls-with-station', { n: stationOrder(cause.station), name: stationName(cause.station) });
};

/** Where the organisation's own gap is mended: what 6.1.3 lacks stands on the statement, row by row. */
const causeHref = (clause: string): string => (clause === '6.1.3' ? '/soa' : '/readiness?tab=organisation');

/** Where the rule comes from, the rule, and what it serves: so that nobody takes advice for law. */
const RuleLine = ({ gap }: { gap: GapWire }) => (
  <p className={css.rule}>
    <b>{t(`line.source.${gap.source}`)}</b> {gap.ruleText}{' '}
    {gap.refs.length === 0 ? null : (
      <span title={gap.refs.map((entry) => `${entry.id} ${entry.title}`).join('\n')}>
        {t('line.serves', { list: gap.refs.map((entry) => entry.id).join(', ') })}
      </span>
    )}
  </p>
);

const Accepted = ({ accepted }: { accepted: NonNullable<GapWire['accepted']> }) => (
  <p className={css.accepted}>
    {accepted.until === null
      ? t('line.accepted', { by: accepted.by })
      : t('line.accepted-until', { by: accepted.by, day: formatDay(accepted.until) })}
  </p>
);

type TaskProps = Pick<GapBlockProps, 'gap' | 'locked' | 'system' | 'onAction'> & {
  /** An action stands already: making a task goes behind a menu, so that a gap has one button (UX a3). */
  behind?: boolean;
};

/** Asking that a rule of the house be set aside for a time: what law, a contract or the standard asks for never is. */
const waiverFor = (gap: GapWire, system: RefWire): ActionWire => ({
  label: t('line.waive'),
  do: {
    type: 'create',
    kind: 'waiver',
    fields: { rule: gap.rule.toLowerCase() },
    links: { system: [system] },
  },
  ability: { allowed: true },
});

/** The task under way; where there is none, the way to make one. */
const Task = ({ gap, locked, system, onAction, behind = false }: TaskProps) => {
  const kinds = useKinds();
  const [asking, setAsking] = useState(false);
  if (gap.task !== null)
    return (
      <span className={css.small}>
        <RefLink refText={gap.task.ref} href={kinds.href(gap.task)} title={gap.task.title} />,{' '}
        {gap.task.assignee ?? t('waiting.nobody')}
        {gap.task.due === null ? null : (
          <>
            , <DateText value={gap.task.due} due before={t('line.task-due')} />
          </>
        )}
      </span>
    );
  const mayMake = (kind: string): boolean => kinds.byName(kind)?.abilities.create?.allowed === true;
  const may = mayMake('task');
  if (system === undefined || locked !== undefined || !may)
    return <span className={css.small}>{t('line.no-task')}</span>;
  const waives = gap.source === 'house' && gap.accepted === undefined && mayMake('waiver');
  const further = [
    ...(behind ? [{ label: t('task.title'), onSelect: () => setAsking(true) }] : []),
    ...(waives ? [{ label: t('line.waive'), onSelect: () => onAction(waiverFor(gap, system)) }] : []),
  ];
  return (
    <>
      {behind ? null : (
        <Button aria-haspopup="dialog" onClick={() => setAsking(true)}>
          {t('task.title')}
        </Button>
      )}
      {further.length === 0 ? null : (
        <Menu
          align="end"
          trigger={<IconButton small label={t('line.more')} icon={<MoreIcon size={14} />} />}
          groups={[{ items: further }]}
        />
      )}
      {asking ? <MakeTaskDialog gap={gap} system={system} onClose={() => setAsking(false)} /> : null}
    </>
  );
};

const Act = ({ gap, primary, onAction, locked, system, sealed }: Omit<GapBlockProps, 'id' | 'verdict'>) => {
  if (gap.way !== undefined) return <Link href={gap.way.href}>{gap.way.label}</Link>;
  if (gap.causedBy !== null) {
    return (
      <p className={css.cause}>
        {'organisation' in gap.causedBy ? (
          <Link href={causeHref(gap.causedBy.organisation)}>{causeText(gap.causedBy)}</Link>
        ) : (
          causeText(gap.causedBy)
        )}
      </p>
    );
  }
  const { action } = gap;
  // A task would tell others what is sealed from them.
  const task = sealed ? null : (
    <Task gap={gap} locked={locked} system={system} onAction={onAction} behind={action !== null} />
  );
  if (action === null) return gap.task === null && system === undefined ? null : task;
  return (
    <>
      <Button
        look={primary ? 'primary' : 'default'}
        reason={locked ?? refusal(action.ability)}
        reasonShown
        onClick={() => onAction(action)}
      >
        {action.label}
      </Button>
      {locked === undefined || gap.task !== null ? task : null}
    </>
  );
};

/** One gap: what is wrong with which records, the rule it breaks, and the one thing to do (UX a3, d 5). */
export const GapBlock = ({ id, gap, verdict, ...act }: GapBlockProps) => (
  <li id={id} tabIndex={-1} className={css.gap} data-verdict={gap.accepted ? 'accepted' : verdict}>
    <div>
      <p className={css.sentence}>
        <Sentence parts={gap.sentence} />
      </p>
      <RuleLine gap={gap} />
      {gap.accepted === undefined ? null : <Accepted accepted={gap.accepted} />}
    </div>
    <div className={css.act}>
      <Act gap={gap} {...act} />
    </div>
  </li>
);

export type UnjudgedBlockProps = {
  ruleText: string;
  why: string;
  /** Beside gaps it is said in passing: what is wrong comes first. */
  quiet: boolean;
};

/** A rule that cannot be judged, and why: it is never shown as holding. */
export const UnjudgedBlock = ({ ruleText, why, quiet }: UnjudgedBlockProps) => (
  <li className={quiet ? css.aside : css.gap} data-verdict="unverifiable">
    <div>
      {quiet ? null : <p className={css.sentence}>{why}</p>}
      <p className={css.rule}>
        <b>{t('line.cannot-judge')}</b> {ruleText} {quiet ? why : ''}
      </p>
    </div>
  </li>
);
