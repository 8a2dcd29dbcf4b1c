import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import type { ReactNode } from 'react';
import { useKinds } from '../../api/kinds.ts';
import type { Names } from '../../api/members.ts';
import { actingWords } from '../../kinds/roles.ts';
import { BrokenMark } from '../../proof/broken-mark.tsx';
import { useRecordFaults } from '../../proof/record-faults.ts';
import { dayIn, formatDay, formatInstant } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { useNow, useTimeZone } from '../../ui/clock.ts';
import { RelativeTime } from '../../ui/date-text.tsx';
import { PencilIcon } from '../../ui/icons.ts';
import { RefLink } from '../../ui/link.tsx';
import { Tag } from '../../ui/tag.tsx';
import { AskThem } from './ask-them.tsx';
import { Lacking } from './lacking.tsx';
import { type Step, stepRefusal } from './next-step.ts';
import css from './record.module.css';
import { StateCell } from './register-cells.tsx';
import { stepLabel } from './step-label.ts';

/** Who wrote the version on the page, in words. */
export const actorName = (by: RecordWire['updatedBy'], names: Names): string => {
  if (by.type === 'person') return names[by.id] ?? t('record.fact.someone');
  return t(`record.fact.${by.type}`);
};

/** A key made from the row's own words says nothing to people; its origin does. */
const isDigest = (key: string): boolean => /^[0-9a-f]{32,}(#\d+)?$/.test(key);

/** The origin as it was named; what stands behind `#` only keeps keys of one file apart. */
const originOf = (source: string): string => source.split('#')[0] ?? source;

/** Also an archived one, after the demo was removed: it never passes for real. */
const isDemo = ({ source }: { source: string }): boolean => /^demo(-removed)?$/.test(source);

const Facts = ({ record, names }: { record: RecordWire; names: Names }) => {
  const kinds = useKinds();
  const { home, external } = record;
  return (
    <div className={css.facts}>
      <span>{t('record.fact.version', { n: record.version })}</span>
      <span>
        <RelativeTime at={record.updatedAt} />{' '}
        {t('record.fact.by', { who: actorName(record.updatedBy, names) })}
      </span>
      {home === null || home.id === record.id ? null : (
        <span>
          <RefLink refText={home.ref} href={kinds.href(home)} /> {home.title}
        </span>
      )}
      {external
        .filter((one) => !isDemo(one))
        .map(({ source, key }) => (
          <span key={`${source} ${key}`} title={key}>
            {isDigest(key)
              ? t('record.external-source', { source: originOf(source) })
              : t('record.external', { source: originOf(source), key })}
          </span>
        ))}
    </div>
  );
};

/** A state on which others rely, and that a file says: no step, and no person, led there. */
const BroughtIn = ({ file, at }: NonNullable<RecordWire['broughtIn']>) => {
  const zone = useTimeZone();
  return (
    <p className={css.acting}>
      {t('record.brought-in', { file, day: formatDay(dayIn(new Date(at), zone)) })}
    </p>
  );
};

/** What was found before a judgement was opened again: it stays in sight until it is concluded anew. */
const FoundBefore = ({
  before: { word, on, counts, because, by, at },
  names,
}: {
  before: NonNullable<RecordWire['foundBefore']>;
  names: Names;
}) => {
  const zone = useTimeZone();
  const day = formatDay(dayIn(new Date(at), zone));
  const found = { word: word ?? '' };
  return (
    <p className={css.acting}>
      {[
        t('record.found-before', { who: actorName(by, names), day, because: because ?? '' }),
        on === null
          ? t('record.found-word', found)
          : t('record.found-word-on', { ...found, on: formatDay(on) }),
        t(counts ? 'record.found-counts' : 'record.found-doubted'),
      ].join(' ')}
    </p>
  );
};

/** What a printed page says of itself (UX d 9); the line says it with its own moment. */
const Paper = ({ kind, record, names }: Pick<HeaderProps, 'kind' | 'record' | 'names'>) => {
  const now = useNow();
  const zone = useTimeZone();
  const owner = kind.owner === null ? undefined : record.fields[kind.owner];
  const at = record.asOf === undefined ? now : new Date(record.asOf.at);
  return (
    <p className={css.paper}>
      {t('record.printed', {
        owner: typeof owner === 'string' ? (names[owner] ?? t('record.fact.someone')) : t('record.nobody'),
        at: formatInstant(at, zone),
      })}
    </p>
  );
};

type HeaderProps = {
  kind: KindWire;
  record: RecordWire;
  names: Names;
  primary: Step | undefined;
  onStep: (step: Step) => void;
  onEdit: (() => void) | undefined;
  editRefused: string | undefined;
  /** Another button of the page is the one to press: a page has one primary button at most. */
  quiet: boolean;
  actions?: ReactNode;
};

/** Title, state, and the one step that comes next; a refused one keeps focus and says who could (UX d). */
export const RecordHeader = (props: HeaderProps) => {
  const { kind, record, names, primary, onStep, onEdit, editRefused, quiet, actions } = props;
  const { edit, transition, approve } = record.abilities;
  const acting = actingWords([edit, transition, approve]);
  const [fault] = useRecordFaults(kind.collection, record);
  return (
    <header className={css.head}>
      <div className={css.title}>
        <h1>{record.title}</h1>
        <span className={css.tags}>
          <Tag>
            <StateCell kind={kind} state={record.state} />
          </Tag>
          {record.external.some(isDemo) ? <Tag dotted>{t('demo.tag')}</Tag> : null}
          {fault === undefined || record.asOf !== undefined ? null : <BrokenMark fault={fault} />}
          {record.archived === true ? <Tag>{t('record.archived')}</Tag> : null}
        </span>
        <span className={css.steps}>
          {actions}
          {onEdit === undefined ? null : (
            <Button icon={<PencilIcon />} reason={editRefused} onClick={onEdit}>
              {t('record.edit')}
            </Button>
          )}
          {primary === undefined ? null : (
            <Button
              look={quiet ? 'default' : 'primary'}
              reason={stepRefusal(primary)}
              reasonShown
              onClick={() => onStep(primary)}
            >
              {stepLabel(kind, primary, record)}
            </Button>
          )}
          {primary === undefined ? null : <AskThem kind={kind} record={record} step={primary} />}
        </span>
      </div>
      <Facts record={record} names={names} />
      {record.broughtIn === undefined ? null : <BroughtIn {...record.broughtIn} />}
      {record.foundBefore === undefined ? null : <FoundBefore before={record.foundBefore} names={names} />}
      {record.stillBinds === undefined ? null : <p className={css.acting}>{record.stillBinds}</p>}
      {acting.map((sentence) => (
        <p key={sentence} className={css.acting}>
          {sentence}
        </p>
      ))}
      <Lacking kind={kind} record={record} editable={onEdit !== undefined && editRefused === undefined} />
      {quiet ? null : <Paper kind={kind} record={record} names={names} />}
    </header>
  );
};
