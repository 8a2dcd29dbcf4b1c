import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { t } from '../text/t.ts';
import { classNames } from '../ui/class-names.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { announce } from '../ui/live-region.tsx';
import { useNavigate } from '../ui/navigate.ts';
import { type PaletteResult, type PaletteSource, usePaletteSources } from '../ui/palette-sources.ts';
import type { Section } from './navigation.ts';
import css from './palette-dialog.module.css';

/** A pause in typing this long asks the sources, ms: shorter than the time between two keys, longer than a slip. */
const pause = 40;
/** What comes after so long without a key, ms, is asked for at once: a word that was pasted, or begun anew. */
const anew = 400;

const matches = (text: string, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));

const placesOf = (sections: readonly Section[], query: string): PaletteResult[] =>
  sections
    .flatMap((section) => section.places.map((place) => ({ section, place })))
    .filter(({ section, place }) => matches(`${t(place.label)} ${t(section.label)}`, query))
    .map(({ section, place }) => ({
      id: `place ${place.path}`,
      group: t('palette.places'),
      label: t(place.label),
      hint: t(section.label),
      href: place.path,
    }));

type Found = { query: string; results: readonly PaletteResult[]; failed: boolean };

const useFound = (sources: readonly PaletteSource[], query: string): Found => {
  const [found, setFound] = useState<Found>({ query: '', results: [], failed: false });
  const typed = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const ended = new AbortController();
    const since = performance.now() - typed.current;
    typed.current = performance.now();
    const timer = setTimeout(
      async () => {
        const answers = await Promise.allSettled(sources.map(async (source) => source(query, ended.signal)));
        if (ended.signal.aborted) return;
        const results = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
        setFound({ query, results, failed: answers.some((answer) => answer.status === 'rejected') });
      },
      query === '' || since > anew ? 0 : pause,
    );
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [sources, query]);
  return found;
};

const grouped = (
  results: readonly PaletteResult[],
): readonly (readonly [string, readonly PaletteResult[]])[] => [
  ...Map.groupBy(results, (result) => result.group),
];

type RowProps = {
  result: PaletteResult;
  id: string;
  active: boolean;
  onPoint: () => void;
  onChoose: () => void;
};

const Row = ({ result, id, active, onPoint, onChoose }: RowProps) => (
  <div
    id={id}
    role="option"
    tabIndex={-1}
    aria-selected={active}
    aria-disabled={result.reason === undefined ? undefined : true}
    className={classNames(css.row, active && css.active)}
    onPointerMove={onPoint}
    onPointerDown={(event) => event.preventDefault()}
    onPointerUp={onChoose}
  >
    <span className={css.label}>{result.label}</span>
    {(result.reason ?? result.hint) ? <span className={css.hint}>{result.reason ?? result.hint}</span> : null}
    {result.keys === undefined ? null : <Kbd keys={result.keys} />}
  </div>
);

const Inside = ({ sections, onClose }: { sections: readonly Section[]; onClose: () => void }) => {
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const id = useId();
  const navigate = useNavigate();
  const found = useFound(usePaletteSources(), query.trim());
  const groups = useMemo(
    () => grouped([...found.results, ...placesOf(sections, found.query)]),
    [found, sections],
  );
  const flat = useMemo(() => groups.flatMap(([, results]) => results), [groups]);
  const active = Math.min(index, flat.length - 1);
  const input = useRef<HTMLInputElement>(null);
  // At once, and not a moment after: people type on as soon as the keys are down.
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    if (found.query !== '') announce(t('palette.count', { n: flat.length }));
  }, [found.query, flat.length]);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  const choose = (result: PaletteResult | undefined): void => {
    if (result === undefined || result.reason !== undefined) return;
    onClose();
    result.run?.();
    if (result.href !== undefined) navigate(result.href);
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setIndex((active + step + flat.length) % Math.max(flat.length, 1));
    else if (event.key === 'Enter') choose(flat[active]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        ref={input}
        className={css.input}
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={flat.length === 0 ? undefined : `${id}-${active}`}
        aria-label={t('palette.input')}
        placeholder={t('palette.input')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setIndex(0);
        }}
        onKeyDown={press}
        data-autofocus
      />
      {found.failed ? <p className={css.note}>{t('palette.failed')}</p> : null}
      {flat.length === 0 && query !== '' && found.query === query.trim() ? (
        <p className={css.note}>{t('palette.none', { text: query })}</p>
      ) : null}
      <div id={`${id}-list`} role="listbox" aria-label={t('palette.title')} className={css.list}>
        {groups.map(([name, results]) => (
          // The group's name is its first line, for eyes; assistive technology reads it from the label.
          <div key={name} role="group" aria-label={name}>
            <div role="presentation" className={css.heading}>
              {name}
            </div>
            {results.map((result) => {
              const at = flat.indexOf(result);
              return (
                <Row
                  key={result.id}
                  result={result}
                  id={`${id}-${at}`}
                  active={at === active}
                  onPoint={() => setIndex(at)}
                  onChoose={() => choose(result)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </>
  );
};

/** Search, actions and places behind one key (UX d). Records and actions come from `usePaletteSource`. */
export const PaletteDialog = ({
  opened,
  onClose,
  sections,
}: {
  opened: boolean;
  onClose: () => void;
  sections: readonly Section[];
}) => (
  <Dialog opened={opened} onClose={onClose} title={t('palette.title')} size="medium">
    {opened ? <Inside sections={sections} onClose={onClose} /> : null}
  </Dialog>
);
