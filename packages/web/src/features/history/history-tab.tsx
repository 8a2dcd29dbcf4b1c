import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import type { ErasureWire, RevisionWire } from '@throughline/domain/wire-around.ts';
import { type ReactNode, useState } from 'react';
import type { Names } from '../../api/members.ts';
import { editRecord, readHistory, undoChange } from '../../api/records.ts';
import { Because } from '../../kinds/because.tsx';
import { problemOf } from '../../kinds/blobs.ts';
import { choose, type Difference, versionsOf } from '../../kinds/compare.ts';
import { partWords, type ValueNames } from '../../kinds/differences.tsx';
import { partLabel } from '../../kinds/parts.ts';
import { actWords, byWords } from '../../kinds/revision-words.ts';
import { BrokenMark } from '../../proof/broken-mark.tsx';
import { FaultLine } from '../../proof/fault-line.tsx';
import { type Fault, faultOfVersion } from '../../proof/faults.ts';
import { useRecordFaults } from '../../proof/record-faults.ts';
import { VersionProof } from '../../proof/version-proof.tsx';
import { formatNumber, t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { RelativeTime } from '../../ui/date-text.tsx';
import { BrokenProofIcon, FingerprintIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/link.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import css from './history.module.css';

export type HistoryTabProps = {
  kind: KindWire;
  record: RecordWire;
  names: Names;
  /** One part's history alone. */
  part: string | undefined;
  onPart: (part: string | undefined) => void;
  editable: boolean;
};

type RowProps = {
  kind: KindWire;
  revision: RevisionWire;
  names: Names;
  chosen: boolean;
  onChoose: () => void;
  onUndo: (() => void) | undefined;
  /** One part alone: what it said in this version. */
  value: string | undefined;
  record: RecordWire;
  fault: Fault | undefined;
};

/** Entry and fingerprint of a version; what proves it opens below the row. */
const Place = ({
  revision,
  fault,
  proof,
}: {
  revision: RevisionWire;
  fault: Fault | undefined;
  proof: ReactNode;
}) => (
  <span className={css.entry}>
    {revision.entry === null ? (
      t('history.no-entry')
    ) : (
      <Link href={`/log?entry=${revision.entry}`} look="quiet">
        {t('history.entry', { n: formatNumber(revision.entry) })}
      </Link>
    )}
    {fault === undefined ? null : <BrokenMark fault={fault} />}
    {proof}
  </span>
);

const Row = ({ kind, record, revision, fault, names, chosen, onChoose, onUndo, value }: RowProps) => {
  const [proving, setProving] = useState(false);
  return (
    <li className={css.row}>
      <Checkbox
        bare
        label={t('history.select', { n: revision.version })}
        checked={chosen}
        onChange={onChoose}
      />
      <span className={css.version}>{t('history.version', { n: revision.version })}</span>
      <span className={css.what}>
        <span>
          <b>{actWords(kind, revision)}</b>
          {revision.act === 'created' || revision.changed.length === 0 || value !== undefined
            ? ''
            : ` ${revision.changed.map((part) => partLabel(kind, part)).join(', ')}`}
        </span>
        {value === undefined ? null : (
          <span className={value === '' ? css.quiet : css.value}>
            {value === '' ? t('history.empty') : value}
          </span>
        )}
        {revision.material && revision.act !== 'created' ? (
          <span className={css.significant}>{t('history.significant')}</span>
        ) : null}
        {revision.because === null ? null : (
          <span className={css.quiet}>
            {t('history.because')} <Because because={revision.because} />
          </span>
        )}
      </span>
      <span className={css.who}>
        {byWords(revision, names)}
        <span className={css.quiet}>
          <RelativeTime at={revision.at} />
        </span>
      </span>
      <Place
        revision={revision}
        fault={fault}
        proof={
          <Button
            look="ghost"
            flush
            icon={fault === undefined ? <FingerprintIcon size={14} /> : <BrokenProofIcon size={14} />}
            aria-expanded={proving}
            onClick={() => setProving(!proving)}
          >
            {t('history.proof')}
          </Button>
        }
      />
      <span className={css.act}>
        {onUndo === undefined ? null : (
          <Button look="ghost" onClick={onUndo}>
            {t('history.undo')}
          </Button>
        )}
      </span>
      {proving ? (
        <div className={css.proof}>
          {fault === undefined ? null : <FaultLine fault={fault} />}
          <VersionProof
            collection={kind.collection}
            recordRef={record.ref}
            claimed={{ record: record.id, version: revision.version, digest: revision.digest }}
            placed={revision.entry !== null}
          />
        </div>
      ) : null}
    </li>
  );
};

const isJson = (value: Difference['before']): value is Json => value !== undefined;

const useActs = ({ kind, record }: HistoryTabProps) => {
  const client = useQueryClient();
  const at = { collection: kind.collection, ref: record.ref, version: record.version };
  const attempt = async (work: () => Promise<unknown>, done: string): Promise<void> => {
    try {
      await work();
      notify({ text: done });
    } catch (error) {
      notify({ text: problemOf(error).message });
    }
    await client.invalidateQueries();
  };
  return {
    undo: (revision: RevisionWire) =>
      attempt(() => undoChange(at, revision.version), t('history.undone', { n: revision.version })),
    restore: (revision: RevisionWire, { part, before }: Difference) =>
      attempt(
        () =>
          editRecord(at, {
            fields: { [part]: isJson(before) ? before : null },
            because: t('history.restores', { n: revision.version }),
          }),
        t('history.restored', { label: partLabel(kind, part), n: revision.version }),
      ),
  };
};

/** What one part said in a version: a field's value, or the records linked. */
const valueIn = (kind: KindWire, revision: RevisionWire, part: string, known: ValueNames): string => {
  if (revision.fields === undefined) return t('history.erased-content');
  return part in kind.relations
    ? partWords(kind, { part, type: 'relation' }, revision.links?.[part], known)
    : partWords(kind, { part, type: 'field' }, revision.fields[part], known);
};

/** That content was erased is no version, but stands above them all. */
const Erased = ({ erased, names }: { erased: ErasureWire; names: Names }) => (
  <p className={css.erased}>
    <b>{t('history.erased')}</b>
    {erased.reason === null
      ? null
      : ` ${t('history.erased-why', { reason: t(`erase.reason.${erased.reason}`) })}.`}{' '}
    {byWords(erased, names)} <RelativeTime at={erased.at} />{' '}
    {erased.entry === null ? (
      t('history.no-entry')
    ) : (
      <Link href={`/log?entry=${erased.entry}`} look="quiet">
        {t('history.entry', { n: formatNumber(erased.entry) })}
      </Link>
    )}
  </p>
);

/** One row per version: who, when, what changed, because of what, and its place in the log (UX d, History). */
export const HistoryTab = (props: HistoryTabProps) => {
  const { kind, record, names, part, onPart, editable } = props;
  const history = useInfiniteQuery({
    queryKey: ['history', record.ref],
    queryFn: ({ pageParam, signal }) =>
      readHistory(kind.collection, record.ref, pageParam === '' ? undefined : pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [comparing, setComparing] = useState(false);
  const acts = useActs(props);
  const faults = useRecordFaults(kind.collection, record);
  if (history.error !== null && history.data === undefined)
    return <ErrorLine problem={problemOf(history.error)} onRetry={() => void history.refetch()} />;
  if (history.data === undefined) return <Skeleton height={24} lines={6} />;
  const revisions = history.data.pages.flatMap((page) => page.items);
  const shown = versionsOf(revisions, part);
  const erased = history.data.pages[0]?.erased;
  const known: ValueNames = {
    names: Object.assign({}, names, ...history.data.pages.map((page) => page.names)),
    refs: Object.assign({}, ...history.data.pages.map((page) => page.refs)),
  };
  const [a, b] = chosen.flatMap((version) => revisions.find((entry) => entry.version === version) ?? []);
  return (
    <div className={css.history}>
      <div className={css.bar}>
        {part === undefined ? null : (
          <>
            <b>{t('history.of', { label: partLabel(kind, part) })}</b>
            <Button look="ghost" onClick={() => onPart(undefined)}>
              {t('history.of-all')}
            </Button>
          </>
        )}
        <Button
          reason={a === undefined || b === undefined ? t('history.compare-two') : undefined}
          reasonShown
          onClick={() => setComparing(true)}
        >
          {a === undefined || b === undefined
            ? t('history.compare-label')
            : t('history.compare', {
                a: Math.min(a.version, b.version),
                b: Math.max(a.version, b.version),
              })}
        </Button>
      </div>
      {erased === undefined ? null : <Erased erased={erased} names={names} />}
      {shown.length === 0 ? <p className={css.quiet}>{t('history.none')}</p> : null}
      <ol className={css.rows}>
        {shown.map((revision) => (
          <Row
            key={revision.version}
            kind={kind}
            record={record}
            revision={revision}
            fault={faultOfVersion(faults, revision.version, record.version)}
            names={names}
            value={part === undefined ? undefined : valueIn(kind, revision, part, known)}
            chosen={chosen.includes(revision.version)}
            onChoose={() => setChosen(choose(chosen, revision.version))}
            onUndo={
              editable && revision.version === record.version && revision.act === 'edited'
                ? () => void acts.undo(revision)
                : undefined
            }
          />
        ))}
      </ol>
      {history.hasNextPage ? (
        <span>
          <Button busy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            {t('history.older')}
          </Button>
        </span>
      ) : null}
      {comparing && a !== undefined && b !== undefined ? (
        <CompareDialog
          kind={kind}
          record={record}
          chosen={[a, b]}
          onRestore={
            editable
              ? (revision, difference) => {
                  setComparing(false);
                  void acts.restore(revision, difference);
                }
              : undefined
          }
          onClose={() => setComparing(false)}
        />
      ) : null}
    </div>
  );
};
