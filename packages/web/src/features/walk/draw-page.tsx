import { useMutation } from '@tanstack/react-query';
import type { WalkDrawWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { DemoCount } from '../../kinds/demo-tag.tsx';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { LongTextField, TextField } from '../../ui/fields/text-field.tsx';
import { usePageTitle, useSearchState } from '../../ui/navigate.ts';
import { ProblemBox } from '../../ui/problem.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import css from './draw.module.css';
import { filterOf, rowsOf } from './draw-rows.ts';
import { Drawn } from './drawn.tsx';
import { useSources } from './sources.ts';
import { w } from './words.ts';

type From = 'register' | 'outside';
type Draw = {
  population: 'register' | readonly string[];
  source?: string;
  note?: string;
  filter?: string;
  seed?: string;
};
type List = { text: string; source: string | null; note: string };

const drawOf = (from: From, filter: string, list: List, seed: string): Draw => ({
  population: from === 'register' ? 'register' : rowsOf(list.text),
  ...(from === 'outside' && list.source !== null ? { source: list.source } : {}),
  ...(from === 'outside' && list.note.trim() !== '' ? { note: list.note.trim() } : {}),
  ...(from === 'register' && filter.trim() !== '' ? { filter: filterOf(filter) } : {}),
  ...(seed.trim() === '' ? {} : { seed: seed.trim() }),
});

type OutsideProps = { list: List; onChange: (change: Partial<List>) => void; missing: boolean };

const Outside = ({ list, onChange, missing }: OutsideProps) => {
  const sources = useSources();
  const count = rowsOf(list.text).length;
  const take = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) onChange({ text: await file.text() });
  };
  return (
    <>
      <ChoiceField
        id="draw-source"
        label={w('walk.draw.source')}
        help={w('walk.draw.source-help')}
        options={sources}
        value={list.source}
        error={missing && list.source === null ? w('walk.draw.needs-source') : undefined}
        onChange={(source) => onChange({ source })}
      />
      <TextField
        label={w('walk.draw.note')}
        help={w('walk.draw.note-help')}
        optional
        maxLength={200}
        value={list.note}
        onChange={(note) => onChange({ note })}
      />
      <LongTextField
        id="draw-rows"
        label={w('walk.draw.rows')}
        help={count === 0 ? w('walk.draw.rows-help') : w('walk.draw.count', { n: count })}
        rows={8}
        value={list.text}
        error={missing && count === 0 ? w('walk.draw.needs-rows') : undefined}
        onChange={(text) => onChange({ text })}
      />
      <label className={css.file}>
        <span>{w('walk.draw.file')}</span>
        <input
          type="file"
          accept=".txt,.csv,text/plain"
          onChange={(event) => void take(event.target.files?.[0])}
        />
      </label>
    </>
  );
};

/** Draws the system of the next walk, from the register or from a population outside it (UX d 8). */
export const Page = () => {
  usePageTitle(w('walk.draw.title'));
  const [search] = useSearchState();
  const [from, setFrom] = useState<From>('register');
  const [filter, setFilter] = useState(search.filter ?? '');
  const [list, setList] = useState<List>({ text: '', source: null, note: '' });
  const [seed, setSeed] = useState(search.seed ?? '');
  const [missing, setMissing] = useState(false);
  const systems = useSession()?.counts.system ?? 0;
  const draw = useMutation({
    mutationFn: (body: Draw) => post<WalkDrawWire>('/api/v1/walks/draw', body),
  });
  const ask = (): void => {
    const empty = from === 'outside' && rowsOf(list.text).length === 0;
    const nowhere = from === 'outside' && list.source === null;
    setMissing(empty || nowhere);
    if (empty || nowhere) document.getElementById(nowhere ? 'draw-source' : 'draw-rows')?.focus();
    else draw.mutate(drawOf(from, filter, list, seed));
  };
  const problem = troubleOf(draw.error);
  return (
    <div className={css.page}>
      <h1 className={css.title}>{w('walk.draw.title')}</h1>
      <p className={css.sentence}>{w('walk.draw.sentence')}</p>
      {draw.data === undefined ? null : <Drawn draw={draw.data} onRepeat={setSeed} />}
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <Segmented
          label={w('walk.draw.from')}
          value={from}
          onChange={setFrom}
          options={[
            { value: 'register', label: w('walk.draw.register') },
            { value: 'outside', label: w('walk.draw.outside') },
          ]}
        />
        {from === 'register' ? (
          <>
            <p className={css.small}>
              {t('home.walk-text', { n: systems })}. <DemoCount />
            </p>
            <TextField
              label={w('walk.draw.filter')}
              help={w('walk.draw.filter-help')}
              optional
              value={filter}
              onChange={setFilter}
            />
          </>
        ) : (
          <Outside
            list={list}
            onChange={(change) => setList((now) => ({ ...now, ...change }))}
            missing={missing}
          />
        )}
        <TextField
          label={w('walk.draw.seed')}
          help={w('walk.draw.seed-help')}
          optional
          value={seed}
          onChange={setSeed}
        />
        {problem === null ? null : <ProblemBox problem={problem} />}
        <div className={css.actions}>
          <Button
            type="submit"
            size="form"
            look={draw.data === undefined ? 'primary' : 'default'}
            busy={draw.isPending}
          >
            {draw.data === undefined ? w('walk.draw.do') : w('walk.draw.again')}
          </Button>
          <span className={css.small}>{w('walk.draw.again-note')}</span>
        </div>
      </form>
    </div>
  );
};
