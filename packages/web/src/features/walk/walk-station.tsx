import { useQuery } from '@tanstack/react-query';
import type { RecordWire, RefWire, StationWire } from '@throughline/domain/wire.ts';
import { useEffect, useRef } from 'react';
import { get } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { FileValue } from '../../kinds/file-value.tsx';
import { Sentence } from '../../standing/sentence.tsx';
import { StationRecords } from '../../standing/station-records.tsx';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import { VerdictLabel } from '../../ui/marks/verdict-mark.tsx';
import { excerptsOf, filesOf, proofOf } from './proof.ts';
import css from './walk.module.css';
import type { Seen } from './walk-state.ts';
import { w } from './words.ts';

/** What a record says in words, and the file it keeps: enough to look at what is claimed without leaving the walk. */
const Proof = ({ record }: { record: RefWire }) => {
  const kinds = useKinds();
  const kind = kinds.byName(record.kind);
  const { data } = useQuery({
    queryKey: ['record', record.ref, record.id],
    enabled: kind !== undefined,
    queryFn: ({ signal }) => get<RecordWire>(`/api/v1/${kind?.collection}/${record.ref}`, { signal }),
  });
  if (kind === undefined || data === undefined) return null;
  const title = w(record.kind === 'evidence' ? 'walk.newest' : 'walk.first-record');
  return (
    <section className={css.proof} aria-label={title}>
      <h2 className={css.small}>{title}</h2>
      <p>
        <span className={css.ref}>{data.ref}</span> <b>{data.title}</b>{' '}
        {kind.states[data.state]?.label ?? data.state}, {w('walk.changed')}{' '}
        <DateText value={data.updatedAt} />
      </p>
      {excerptsOf(kind, data.fields).map(({ name, label, text }) => (
        <p key={name} className={css.excerpt}>
          <span className={css.small}>{label}</span> {text}
        </p>
      ))}
      {filesOf(kind, data.fields).map(({ name, label, field, id }) => (
        <div key={name} className={css.excerpt}>
          <span className={css.small}>{label}</span> <FileValue id={id} field={field} />
        </div>
      ))}
    </section>
  );
};

export type WalkStationProps = {
  station: StationWire;
  noteId: string;
  note: string;
  first: boolean;
  onNote: (text: string) => void;
  onBack: () => void;
  onSee: (seen: Seen) => void;
};

/** One station of a walk: its question, what the register says, its records, and the walker's own mark. */
export const WalkStation = ({ station, noteId, note, first, onNote, onBack, onSee }: WalkStationProps) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const newest = proofOf(station.records);
  return (
    <>
      <div className={css.stationHead}>
        <h1 ref={heading} tabIndex={-1} className={css.name}>
          <span className={css.number}>{station.order}</span> {station.name}
        </h1>
        <VerdictLabel verdict={station.verdict} strong />
      </div>
      <p className={css.question}>{station.question}</p>
      <p className={css.statement}>
        <Sentence parts={station.statement} />
      </p>
      {station.gaps.length === 0 ? null : (
        <ul className={css.gaps} aria-label={w('walk.known')}>
          {station.gaps.map((gap) => (
            <li key={`${gap.rule} ${gap.records[0]?.ref ?? ''}`}>
              <Sentence parts={gap.sentence} />
            </li>
          ))}
        </ul>
      )}
      {newest === undefined ? <p className={css.small}>{w('walk.no-records')}</p> : <Proof record={newest} />}
      <StationRecords name={station.name} records={station.records} count={station.recordCount} />
      <div className={css.noteField}>
        <LongTextField
          id={noteId}
          label={w('walk.note')}
          help={w('walk.note-help')}
          value={note}
          maxLength={400}
          optional
          onChange={onNote}
        />
      </div>
      <div className={css.foot}>
        {first ? (
          <span />
        ) : (
          <Button size="form" keys="arrowleft" onClick={onBack}>
            {w('walk.back')}
          </Button>
        )}
        <span className={css.marks}>
          <Button size="form" keys="g" onClick={() => onSee('gap')}>
            {w('walk.gap-seen')}
          </Button>
          <Button look="primary" size="form" keys="arrowright" onClick={() => onSee('seen')}>
            {w('walk.seen')}
          </Button>
        </span>
      </div>
    </>
  );
};
