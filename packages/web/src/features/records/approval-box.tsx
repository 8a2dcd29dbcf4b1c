import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import type { ReactNode } from 'react';
import type { Names } from '../../api/members.ts';
import { approvalWord } from '../../kinds/line-label.ts';
import { refusal } from '../../kinds/roles.ts';
import { dayIn, formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { useTimeZone } from '../../ui/clock.ts';
import { ApprovalActs, actorWords, giverOf } from './approval-acts.tsx';
import { AskThem } from './ask-them.tsx';
import { Stale } from './changed-since.tsx';
import { approvalSteps, lackOf, type Step } from './next-step.ts';
import css from './record.module.css';
import { approvalLabel } from './step-label.ts';

type ApprovalBoxProps = {
  kind: KindWire;
  record: RecordWire;
  names: Names;
  /** The step that stands as the page's primary button already. */
  primary: Step | undefined;
  onStep: (step: Step) => void;
  /** What a reader would notice, said while the approval is open. */
  notes?: ReactNode;
};

const isSame = (a: Step, b: Step | undefined): boolean =>
  a.type === 'approval' && b?.type === 'approval' && a.act === b.act;

/** Whether what is shown says otherwise than the version in force: steps of the life cycle change no words. */
const isDraft = ({ approval, proof }: RecordWire): boolean =>
  approval !== null &&
  approval.inForce !== null &&
  !approval.acts.some(
    ({ act, version, digest }) => isGiven(act) && version === approval.inForce && digest === proof.digest,
  );
const isGiven = (act: string): boolean => act === 'approve' || act === 'restore';

/** How the approval of a versioned record stands, what made it stale, and the acts that are open. */
export const ApprovalBox = ({ kind, record, names, primary, onStep, notes }: ApprovalBoxProps) => {
  const zone = useTimeZone();
  const { approval } = record;
  if (!kind.approvable || approval === null) return null;
  const version = approval.version ?? record.version;
  // A stale approval was given all the same; that it is stale stands below, with what changed.
  const stale = approval.status === 'stale';
  const given = stale || approval.status === 'approved';
  const status =
    given && kind.approving === 'accept'
      ? t('approval.accepted-word')
      : approvalWord(given ? 'approved' : approval.status).toLowerCase();
  // The newest act is the one that the standing comes of.
  const last = approval.acts.at(-1);
  const place = last?.by === approval.by ? last.onBehalfOf : undefined;
  const giver = (member: string): string => giverOf(member, { ...record.members, ...names });
  const by =
    approval.by === null
      ? undefined
      : actorWords({ by: approval.by, ...(place === undefined ? {} : { onBehalfOf: place }) }, giver);
  const steps = record.asOf === undefined ? approvalSteps(kind, record) : [];
  // What nobody could approve is not offered: the head of the page says what is missing.
  const lacking = lackOf(kind, record) !== undefined;
  const offered = steps.filter(
    (step) =>
      !isSame(step, primary) &&
      !(lacking && step.type === 'approval' && ['submit', 'approve'].includes(step.act)),
  );
  // The reason stands there to be read, once: on a button it shows only where the pointer is.
  const refused = offered.find((step) => !step.ability.allowed);
  return (
    <section className={css.block} aria-labelledby="approval-title">
      <h2 id="approval-title">{t('approval.title')}</h2>
      <div className={css.approval}>
        <p>
          {by === undefined || approval.at === null
            ? t('approval.status', { n: version, status })
            : t('approval.status-by', {
                n: version,
                status,
                who: by,
                when: formatDay(dayIn(new Date(approval.at), zone)),
              })}
        </p>
        {kind.regime === 'versioned' ? (
          <p className={css.quiet}>
            {approval.inForce === null
              ? t('approval.none-in-force')
              : t('approval.in-force', { n: approval.inForce })}{' '}
            {isDraft(record) ? t('approval.draft', { n: record.version }) : null}
          </p>
        ) : null}
        {approval.reason === null ? null : (
          <p className={css.quiet}>{t('approval.reason', { reason: approval.reason })}</p>
        )}
        {approval.status === 'void' ? <p className={css.quiet}>{t('approval.void-again')}</p> : null}
        {approval.own === true ? <p className={css.quiet}>{t('approval.own')}</p> : null}
        {approval.beyond === true ? <p className={css.quiet}>{t('approval.beyond')}</p> : null}
        <Stale approval={approval} says={t('approval.stale-inputs')} />
        <ApprovalActs kind={kind} record={record} names={names} />
        {steps.some((step) => step.type === 'approval' && step.act === 'approve') ? notes : null}
        <div className={css.buttons}>
          {offered.map((step) =>
            step.type === 'approval' ? (
              <Button key={step.act} reason={refusal(step.ability)} onClick={() => onStep(step)}>
                {approvalLabel(kind, step.act, record)}
              </Button>
            ) : null,
          )}
        </div>
        {refused === undefined ? null : (
          <>
            <p className={classNames(css.quiet, css.asked)}>{refusal(refused.ability)}</p>
            <div className={css.buttons}>
              <AskThem kind={kind} record={record} step={refused} />
            </div>
          </>
        )}
      </div>
    </section>
  );
};
