import { useMutation } from '@tanstack/react-query';
import type { WalkDrawWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { LongTextField, TextField } from '../../ui/fields/text-field.tsx';
import { usePageTitle, useSearchState } from '../../ui/navigate.ts';
import { ProblemBox } from '../../ui/problem.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import css from './draw.module.css';
import { filterOf, rowsOf } from './draw-rows.ts';
import { Drawn } from './drawn.tsx';

type From = 'register' | 'outside';
type Draw = { population: 'register' | readonly string[]; filter?: string; seed?: string };

const drawOf = (from: From, filter: string, rows: readonly string[], seed: string): Draw => ({
  population: from === 'register' ? 'register' : rows,
  ...(from === 'register' && filter.trim() !== '' ? { filter: filterOf(filter) } : {}),
  ...(seed.trim() === '' ? {} : { seed: seed.trim() }),
});

const Outside = ({
  text,
  onText,
  error,
}: {
  text: string;
  onText: (text: string) => void;
  error: string | undefined;
}) => {
  const count = rowsOf(text).length;
  const take = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) onText(await file.text());
  };
  return (
    <>
      <LongTextField
        id="draw-rows"
        label={t('walk.draw.rows')}
        help={count === 0 ? t('walk.draw.rows-help') : t('walk.draw.count', { n: count })}
        rows={8}
        value={text}
        error={error}
        onChange={onText}
      />
      <label className={css.file}>
        <span>{t('walk.draw.file')}</span>
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
  usePageTitle(t('walk.draw.title'));
  const [search] = useSearchState();
  const [from, setFrom] = useState<From>('register');
  const [filter, setFilter] = useState(search.filter ?? '');
  const [text, setText] = useState('');
  const [seed, setSeed] = useState(search.seed ?? '');
  const [missing, setMissing] = useState(false);
  const draw = useMutation({
    mutationFn: (body: Draw) => post<WalkDrawWire>('/api/v1/walks/draw', body),
  });
  const rows = rowsOf(text);
  const ask = (): void => {
    const empty = from === 'outside' && rows.length === 0;
    setMissing(empty);
    if (empty) document.getElementById('draw-rows')?.focus();
    else draw.mutate(drawOf(from, filter, rows, seed));
  };
  const problem = troubleOf(draw.error);
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t('walk.draw.title')}</h1>
      <p className={css.sentence}>{t('walk.draw.sentence')}</p>
      {draw.data === undefined ? null : <Drawn draw={draw.data} />}
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <Segmented
          label={t('walk.draw.from')}
          value={from}
          onChange={setFrom}
          options={[
            { value: 'register', label: t('walk.draw.register') },
            { value: 'outside', label: t('walk.draw.outside') },
          ]}
        />
        {from === 'register' ? (
          <TextField
            label={t('walk.draw.filter')}
            help={t('walk.draw.filter-help')}
            optional
            value={filter}
            onChange={setFilter}
          />
        ) : (
          <Outside
            text={text}
            onText={setText}
            error={missing && rows.length === 0 ? t('walk.draw.needs-rows') : undefined}
          />
        )}
        <TextField
          label={t('walk.draw.seed')}
          help={t('walk.draw.seed-help')}
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
            {draw.data === undefined ? t('walk.draw.do') : t('walk.draw.again')}
          </Button>
          <span className={css.small}>{t('walk.draw.again-note')}</span>
        </div>
      </form>
    </div>
  );
};
