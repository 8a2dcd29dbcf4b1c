import { useQuery } from '@tanstack/react-query';
import type { KindWire } from '@throughline/domain/wire.ts';
import type { LogKnownWire, RecordVerificationWire } from '@throughline/domain/wire-log.ts';
import type { ReactNode } from 'react';
import { get } from '../../api/client.ts';
import { FaultLine } from '../../proof/fault-line.tsx';
import { formatInstant } from '../../text/dates.ts';
import { missing } from '../../text/en/missing.ts';
import { wordsOf } from '../../text/t.ts';
import { useTimeZone } from '../../ui/clock.ts';
import { Link } from '../../ui/link.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { actWord } from './act-words.ts';
import css from './log.module.css';
import { whoWords } from './who.tsx';

const w = wordsOf(missing);

const Told = ({ told }: { told: LogKnownWire }) => {
  const zone = useTimeZone();
  const { version, entry, at } = told;
  return (
    <li className={css.told}>
      <span className={css.toldVersion}>
        {version === null ? null : w('missing.version', { n: version })}
      </span>
      <span>
        {actWord(told.act)}, {whoWords(told)}
      </span>
      <time dateTime={at} className={css.quiet}>
        {formatInstant(new Date(at), zone)}
      </time>
      {entry === null ? (
        <span className={css.quiet}>{w('missing.waiting')}</span>
      ) : (
        <Link href={`/log?entry=${entry}`}>{w('missing.entry', { n: entry })}</Link>
      )}
    </li>
  );
};

const Missing = ({ found, gone }: { found: RecordVerificationWire; gone: readonly LogKnownWire[] }) => {
  const { ref } = found;
  usePageTitle(w('missing.title', { ref }));
  // What concerns the record as a whole comes first, its versions behind it.
  const faults = [...found.faults, ...found.versions.flatMap((one) => one.faults)];
  return (
    <div className={css.missing}>
      <h1 className={css.missingTitle}>{w('missing.title', { ref })}</h1>
      <p className={css.missingText}>{w('missing.text', { ref })}</p>
      <section aria-labelledby="missing-known" className={css.missingPart}>
        <h2 id="missing-known">{w('missing.known')}</h2>
        <ol className={css.toldList}>
          {gone.map((told) => (
            <Told key={`${told.act} ${told.entry} ${told.at}`} told={told} />
          ))}
        </ol>
        <p className={css.explain}>{w('missing.content')}</p>
      </section>
      <section aria-labelledby="missing-faults" className={css.missingPart}>
        <h2 id="missing-faults">{w('missing.faults')}</h2>
        <ul className={css.faults}>
          {faults.map((fault) => (
            <li key={JSON.stringify(fault)}>
              <FaultLine fault={{ ...fault, ref: null }} />
            </li>
          ))}
        </ul>
        <Link href="/log/verify">{w('missing.verify')}</Link>
      </section>
    </div>
  );
};

export type MissingRecordProps = {
  kind: KindWire;
  recordRef: string;
  /** For whoever may not know of it, and for what never was: the same page. */
  otherwise: ReactNode;
};

/** In the place of a record's page where its row is not there: what the log still knows of it. */
export const MissingRecord = ({ kind, recordRef, otherwise }: MissingRecordProps) => {
  const { data, isPending } = useQuery({
    queryKey: ['verification', recordRef, null],
    queryFn: ({ signal }) =>
      get<RecordVerificationWire>(
        `/api/v1/${kind.collection}/${encodeURIComponent(recordRef)}/verification`,
        {
          signal,
        },
      ),
    retry: false,
  });
  if (isPending) return <Skeleton height={28} lines={4} />;
  const gone = data?.gone ?? null;
  return data === undefined || gone === null ? otherwise : <Missing found={data} gone={gone} />;
};
