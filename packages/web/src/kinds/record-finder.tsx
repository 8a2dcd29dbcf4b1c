import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RefWire } from '@throughline/domain/wire.ts';
import { useEffect, useState } from 'react';
import { useKinds } from '../api/kinds.ts';
import { searchRecords } from '../api/records.ts';
import { t } from '../text/t.ts';
import { TextField } from '../ui/fields/text-field.tsx';
import { ErrorLine } from '../ui/problem.tsx';
import { problemOf } from './blobs.ts';
import css from './kinds.module.css';

/** A pause in typing this long asks the server (UX i). */
const pause = 120;

/** Records offered at once; more words find fewer. */
const shown = 20;

const usePaused = (text: string): string => {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
};

export type RecordFinderProps = {
  label: string;
  /** Kinds that may be chosen. */
  to: readonly string[];
  /** Ids that are chosen already and not offered again. */
  chosen: readonly string[];
  onChoose: (record: RefWire) => void;
  id?: string;
  error?: string | undefined;
  help?: string;
  optional?: boolean;
  autoFocus?: boolean;
  /** Without a label in sight: inside a cell. */
  bare?: boolean;
};

/** Finds a record among the kinds that a relation allows, by ref or words. */
export const RecordFinder = (props: RecordFinderProps) => {
  const { label, to, chosen, onChoose, id, error, help, optional, autoFocus = false, bare = false } = props;
  const kinds = useKinds();
  const [text, setText] = useState('');
  const query = usePaused(text.trim());
  const found = useQuery({
    queryKey: ['search', query, to.join(',')],
    // The search narrows to one kind or to none: of several, what does not fit is left out here.
    queryFn: ({ signal }) =>
      searchRecords({ q: query, kind: to.length === 1 ? to[0] : undefined, limit: 100 }, signal),
    enabled: query !== '',
    placeholderData: keepPreviousData,
  });
  const names = to.map((name) => kinds.byName(name)?.plural.toLowerCase() ?? name).join(', ');
  const results = (query === '' ? [] : (found.data?.groups ?? []))
    .flatMap((group) => group.items)
    .filter((item) => !chosen.includes(item.id) && to.includes(item.kind))
    .slice(0, shown);
  const choose = (record: RefWire): void => {
    setText('');
    onChoose(record);
  };
  return (
    <div className={css.finder}>
      <TextField
        label={label}
        bare={bare}
        {...(id === undefined ? {} : { id })}
        {...(optional === undefined ? {} : { optional })}
        help={help ?? t('value.find-help', { kinds: names })}
        error={error}
        autoFocus={autoFocus}
        placeholder={t('value.find-record')}
        value={text}
        onChange={setText}
        onKeyDown={(event) => {
          const first = results[0];
          if (event.key !== 'Enter' || first === undefined) return;
          event.preventDefault();
          choose(first);
        }}
      />
      {found.error === null ? null : <ErrorLine problem={problemOf(found.error)} />}
      {results.length === 0 ? null : (
        <ul className={css.results} aria-label={label}>
          {results.map((result) => (
            <li key={result.id}>
              <button type="button" className={css.result} onClick={() => choose(result)}>
                <span className={css.resultRef}>{result.ref}</span>
                <span>{result.title}</span>
                <span className={css.resultKind}>{kinds.byName(result.kind)?.label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {query !== '' && found.isSuccess && !found.isPlaceholderData && results.length === 0 ? (
        <p role="status" className={css.help}>
          {t('value.find-none', { kinds: names })}
        </p>
      ) : null}
    </div>
  );
};
