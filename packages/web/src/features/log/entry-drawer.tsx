import { useQuery } from '@tanstack/react-query';
import type { LogProofWire } from '@throughline/domain/wire-log.ts';
import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { get } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { forThisOrganisation } from '../../api/organisation.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Because } from '../../kinds/because.tsx';
import { CheckHere } from '../../proof/check-here.tsx';
import { save } from '../../proof/download.ts';
import { FaultLine } from '../../proof/fault-line.tsx';
import { useFaults } from '../../proof/log-state.ts';
import { formatInstant } from '../../text/dates.ts';
import { formatNumber } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { Drawer } from '../../ui/dialog.tsx';
import { DownloadIcon } from '../../ui/icons.ts';
import { Link, RefLink } from '../../ui/link.tsx';
import type { Trouble } from '../../ui/problem.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { type Property, PropertyList } from '../../ui/property-list.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { aboutWords } from './about-words.ts';
import { actWord } from './act-words.ts';
import { pathSides } from './inclusion-path.ts';
import css from './log.module.css';
import { faultAt } from './log-columns.tsx';
import { Who } from './who.tsx';
import { t } from './words.ts';

const proofPath = (index: number): string => `/api/v1/log/entries/${index}/proof`;

/** The hashes from the entry up to the signed root, each with the side that it stands on. */
const InclusionPath = ({ proof }: { proof: LogProofWire }) => {
  const [open, setOpen] = useState(false);
  const sides = pathSides(proof.index, proof.size);
  return (
    <>
      <p className={css.explain}>
        {t('log.path', { n: proof.proof.length, size: proof.size })}{' '}
        <Button look="ghost" flush aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('log.path.hide') : t('log.path.show')}
        </Button>
      </p>
      {open ? (
        <ol className={css.path}>
          {proof.proof.map((hash, at) => (
            <li key={hash}>
              <span className={css.side}>{t(sides[at] === 'left' ? 'log.path.left' : 'log.path.right')}</span>
              <code className={css.digest}>{hash}</code>
            </li>
          ))}
        </ol>
      ) : null}
    </>
  );
};

const Proof = ({ entry, index }: { entry: LogEntryWire; index: number }) => {
  const { data, error, refetch } = useQuery({
    queryKey: ['entry-proof', index],
    queryFn: ({ signal }) => get<LogProofWire>(proofPath(index), { signal }),
    retry: false,
  });
  const problem = troubleOf(error);
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={20} lines={3} />;
  return (
    <>
      <InclusionPath proof={data} />
      <CheckHere
        // Asked for anew: what was shown a while ago is not what is checked.
        ask={async () => ({
          type: 'entry',
          proof: await get<LogProofWire>(proofPath(index)),
          leaf: entry.digest,
        })}
      >
        <Link
          href={forThisOrganisation(`${proofPath(index)}.tlog-proof`)}
          look="accent"
          className={css.download}
          download=""
        >
          <DownloadIcon size={14} /> {t('proof.download')}
        </Link>
        <Button
          look="ghost"
          flush
          icon={<DownloadIcon size={14} />}
          onClick={() => save(`entry-${index}.json`, 'application/json', data.entry)}
        >
          {t('proof.download-entry')}
        </Button>
      </CheckHere>
    </>
  );
};

const useProperties = (entry: LogEntryWire): readonly Property[] => {
  const kinds = useKinds();
  const zone = useTimeZone();
  const kind = entry.kind === null ? undefined : kinds.byName(entry.kind);
  const labelOf = (part: string): string => kind?.fields[part]?.label ?? kind?.relations[part]?.label ?? part;
  const { record } = entry;
  return [
    { id: 'time', label: t('log.time'), value: formatInstant(new Date(entry.at), zone) },
    { id: 'who', label: t('log.who'), value: <Who entry={entry} /> },
    { id: 'did', label: t('log.did'), value: actWord(entry.act) },
    { id: 'about', label: t('log.about'), value: aboutWords(entry) || null },
    {
      id: 'record',
      label: t('log.record'),
      value:
        record === null ? null : (
          <>
            <RefLink refText={record.ref} href={kinds.href(record)} /> {record.title}
          </>
        ),
      note: entry.version === null ? undefined : t('log.version', { n: entry.version }),
    },
    { id: 'changed', label: t('log.changed'), value: entry.changed.map(labelOf).join(', ') },
    {
      id: 'because',
      label: t('log.because'),
      value: entry.because === null ? null : <Because because={entry.because} cause={entry.cause ?? null} />,
    },
    { id: 'request', label: t('log.request'), value: entry.request },
  ];
};

const Inside = ({ entry }: { entry: LogEntryWire }) => {
  const fault = faultAt(useFaults(), entry.index);
  return (
    <div className={css.drawer}>
      {fault === undefined ? null : <FaultLine fault={fault} />}
      <PropertyList properties={useProperties(entry)} />
      <section className={css.box} aria-labelledby="entry-digest">
        <h3 id="entry-digest" className={css.boxTitle}>
          {t('log.digest')}
        </h3>
        <code className={css.digest}>{entry.digest}</code>
        <p className={css.explain}>{t('log.digest-note')}</p>
        {entry.index === null ? null : <Proof entry={entry} index={entry.index} />}
      </section>
    </div>
  );
};

type EntryDrawerProps = {
  /** How the address names the entry; nothing while none is open. */
  asked: string | undefined;
  entry: LogEntryWire | null;
  problem: Trouble | null;
  /** It is being asked for. */
  waiting: boolean;
  onClose: () => void;
};

const titleOf = (asked: string, entry: LogEntryWire | null): string => {
  const index = entry === null ? Number(asked) : entry.index;
  return index === null || Number.isNaN(index)
    ? t('log.entry-pending')
    : t('log.entry', { n: formatNumber(index) });
};

/** One entry with its digest and what proves it, checked in this browser on request. */
export const EntryDrawer = ({ asked, entry, problem, waiting, onClose }: EntryDrawerProps) => {
  if (asked === undefined) return null;
  return (
    <Drawer opened onClose={onClose} title={titleOf(asked, entry)} width={520}>
      {problem === null ? null : <ErrorLine problem={problem} />}
      {entry === null ? null : <Inside entry={entry} />}
      {entry === null && problem === null ? (
        waiting ? (
          <Skeleton height={20} lines={6} />
        ) : (
          <p>{t('log.no-entry')}</p>
        )
      ) : null}
    </Drawer>
  );
};
