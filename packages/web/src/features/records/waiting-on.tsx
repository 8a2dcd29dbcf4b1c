import { useQuery } from '@tanstack/react-query';
import type { RecordWire, RowWire } from '@throughline/domain/wire.ts';
import { useKinds } from '../../api/kinds.ts';
import type { Names } from '../../api/members.ts';
import { listRecords } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { t } from '../../text/t.ts';
import { classNames } from '../../ui/class-names.ts';
import { DateText } from '../../ui/date-text.tsx';
import { Link } from '../../ui/link.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import css from './record.module.css';
import { mostPressing } from './waiting-order.ts';

/** The panel holds this many. */
const shown = 5;
const open = 'open,under-way';

const Task = ({ row, names, brought }: { row: RowWire; names: Names; brought: Names }) => {
  const kinds = useKinds();
  const { assignee, due } = row.fields;
  const who = typeof assignee === 'string' ? (brought[assignee] ?? names[assignee]) : undefined;
  return (
    <li>
      <Link href={kinds.href(row)} look="plain" title={`${row.ref} ${row.title}`}>
        {row.title}
      </Link>
      <span className={css.note}>
        {who ?? t('waiting.nobody')}
        {typeof due === 'string' ? (
          <>
            , <DateText value={due} due />
          </>
        ) : null}
      </span>
    </li>
  );
};

/** Open tasks about a record and, for a system, those within it: who has what to do until when. */
export const WaitingOn = ({ record, names }: { record: RecordWire; names: Names }) => {
  const kinds = useKinds();
  // Not everyone may read tasks; then nothing is asked and nothing is said.
  const readable = kinds.byName('task') !== undefined;
  const { data, error, refetch } = useQuery({
    queryKey: ['list', 'task', { waiting: record.id }],
    queryFn: ({ signal }) =>
      listRecords(
        'tasks',
        { linked: record.id, state: open, cols: 'assignee,due', sort: 'due', limit: 100 },
        signal,
      ),
    enabled: readable,
  });
  if (error === null && (data === undefined || data.items.length === 0)) return null;
  const count = data?.items.length ?? 0;
  return (
    <section className={classNames(css.block, css.screen)} aria-labelledby="waiting-title">
      <h2>
        <span id="waiting-title">{t('waiting.title')}</span>
        <Link href={`/tasks?${new URLSearchParams({ linked: record.id, state: open })}`}>
          {t(data?.next === undefined ? 'waiting.all' : 'waiting.more', { n: count })}
        </Link>
      </h2>
      {error === null ? null : <ErrorLine problem={problemOf(error)} onRetry={() => void refetch()} />}
      <ul className={css.waiting}>
        {mostPressing(data?.items ?? [], shown).map((row) => (
          <Task key={row.id} row={row} names={names} brought={data?.members ?? {}} />
        ))}
      </ul>
    </section>
  );
};
