import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RecordWire } from '@throughline/domain/wire.ts';
import type { SampleCheckWire } from '@throughline/domain/wire-soa.ts';
import { type ReactNode, useState } from 'react';
import { get, patch, post } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { etagOf, recordQuery } from '../../api/records.ts';
import { troubleOf } from '../../api/trouble.ts';
import { blobHref } from '../../kinds/blobs.ts';
import { useEditRefusal } from '../../kinds/use-edit-refusal.ts';
import { formatDay } from '../../text/dates.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { LongTextField, TextField } from '../../ui/fields/text-field.tsx';
import { Link } from '../../ui/link.tsx';
import { announce } from '../../ui/live-region.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './sample.module.css';
import { itemsOf, openOf, results, type SampleItem } from './sample-items.ts';
import { w } from './words.ts';

type From = 'in-place' | 'list';
type Draw = { population: 'in-place' | readonly string[]; size: number; seed?: string; reason?: string };

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const useDraw = (test: RecordWire) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Draw) =>
      post(`/api/v1/control-tests/${test.ref}/sample`, body, { ifMatch: etagOf(test.version) }),
    onSuccess: async () => {
      announce(w('sample.drawn'));
      await client.invalidateQueries();
    },
    onError: () => client.invalidateQueries(),
  });
};

/** Where the sample comes from, how large it is, and why it is drawn again. */
const DrawForm = ({ test, refusal }: { test: RecordWire; refusal: string | undefined }) => {
  const again = typeof test.fields.seed === 'string';
  const [from, setFrom] = useState<From>('in-place');
  const [list, setList] = useState('');
  const [size, setSize] = useState('5');
  const [seed, setSeed] = useState('');
  const [reason, setReason] = useState('');
  const draw = useDraw(test);
  const lines = linesOf(list);
  const asked = Number(size);
  const missing =
    from === 'list' && lines.length === 0
      ? w('sample.needs-list')
      : !Number.isInteger(asked) || asked < 1 || asked > 200
        ? w('sample.needs-size')
        : again && reason.trim() === ''
          ? w('sample.needs-reason')
          : undefined;
  const trouble = troubleOf(draw.error);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (missing !== undefined || refusal !== undefined) return;
        draw.mutate({
          population: from === 'list' ? lines : 'in-place',
          size: asked,
          ...(seed.trim() === '' ? {} : { seed: seed.trim() }),
          ...(again ? { reason: reason.trim() } : {}),
        });
      }}
    >
      <Segmented
        label={w('sample.from')}
        value={from}
        onChange={setFrom}
        options={[
          { value: 'in-place', label: w('sample.in-place') },
          { value: 'list', label: w('sample.list') },
        ]}
      />
      {from === 'in-place' ? null : (
        <LongTextField
          label={w('sample.lines')}
          help={w('sample.lines-help', { n: lines.length })}
          rows={6}
          value={list}
          onChange={setList}
        />
      )}
      <TextField label={w('sample.size')} value={size} onChange={setSize} />
      <TextField
        label={w('sample.seed')}
        help={w('sample.seed-help')}
        optional
        maxLength={200}
        value={seed}
        onChange={setSeed}
      />
      {again ? (
        <TextField label={w('sample.reason')} value={reason} maxLength={300} onChange={setReason} />
      ) : null}
      {trouble === null ? null : <ProblemBox problem={trouble} />}
      <Button type="submit" look="primary" busy={draw.isPending} reason={refusal ?? missing}>
        {again ? w('sample.draw-again') : w('sample.draw')}
      </Button>
    </form>
  );
};

/** The items as drawn, each with what was seen; kept in one edit. */
const Items = ({ test, refusal }: { test: RecordWire; refusal: string | undefined }) => {
  const client = useQueryClient();
  const [items, setItems] = useState<readonly SampleItem[]>(() => itemsOf(test.fields));
  const open = openOf(items);
  const keep = useMutation({
    mutationFn: () =>
      patch(
        `/api/v1/control-tests/${test.ref}`,
        { fields: { sampleItems: items } },
        { ifMatch: etagOf(test.version) },
      ),
    onSuccess: async () => {
      announce(w('sample.kept'));
      await client.invalidateQueries();
    },
  });
  const put = (at: number, change: Partial<SampleItem>) =>
    setItems((now) => now.map((item, one) => (one === at ? { ...item, ...change } : item)));
  const trouble = troubleOf(keep.error);
  return (
    <>
      <p aria-live="polite">{w('sample.open', { n: open, all: items.length })}</p>
      <ol className={css.items}>
        {items.map(({ item, result, note }, at) => (
          <li key={item} className={css.item} aria-label={item}>
            <span className={css.name}>{item}</span>
            <select
              className={css.select}
              aria-label={w('sample.result', { item })}
              value={result ?? ''}
              onChange={(event) => put(at, { result: results.find((one) => one === event.target.value) })}
            >
              <option value="">{w('sample.result.open')}</option>
              {results.map((one) => (
                <option key={one} value={one}>
                  {w(`sample.result.${one}`)}
                </option>
              ))}
            </select>
            <TextField
              label={w('sample.note')}
              value={note ?? ''}
              maxLength={300}
              onChange={(text) => put(at, { note: text === '' ? undefined : text })}
            />
          </li>
        ))}
      </ol>
      {trouble === null ? null : <ProblemBox problem={trouble} />}
      <Button look="primary" busy={keep.isPending} reason={refusal} onClick={() => keep.mutate()}>
        {w('sample.keep')}
      </Button>
    </>
  );
};

/** What anybody needs to draw the same sample, and whether doing so gives it. */
const Proof = ({ test }: { test: RecordWire }) => {
  const { seed, populationSize, populationDigest, populationFile, populationOn } = test.fields;
  const check = useQuery({
    queryKey: ['sample-check', test.ref, test.version],
    queryFn: ({ signal }) => get<SampleCheckWire>(`/api/v1/control-tests/${test.ref}/sample`, { signal }),
  });
  const repeated = check.data?.repeated ?? null;
  return (
    <dl className={css.proof}>
      <dt>{w('sample.proof.seed')}</dt>
      <dd>{String(seed)}</dd>
      <dt>{w('sample.proof.population')}</dt>
      <dd>
        {w('sample.proof.items', {
          n: Number(populationSize ?? 0),
          on: typeof populationOn === 'string' ? formatDay(populationOn.slice(0, 10)) : '',
        })}{' '}
        {typeof populationFile === 'string' ? (
          <a href={blobHref(populationFile)}>{w('sample.proof.file')}</a>
        ) : null}
      </dd>
      <dt>{w('sample.proof.digest')}</dt>
      <dd className={css.digest}>{String(populationDigest ?? '')}</dd>
      <dt>{w('sample.proof.repeat')}</dt>
      <dd>{repeated === null ? '' : w(`sample.proof.${repeated}`)}</dd>
    </dl>
  );
};

export type SamplePageProps = { recordRef: string; crumbs: readonly Crumb[]; absent: ReactNode };

/** The sample of a control test: drawn by lot, listed, and looked at item by item (9.1). */
export const SamplePage = ({ recordRef, crumbs, absent }: SamplePageProps) => {
  usePageTitle(w('sample.title', { ref: recordRef }));
  const { data: test, error, refetch } = useQuery(recordQuery('control-tests', recordRef, undefined));
  const cannot = useEditRefusal('control-tests', recordRef);
  if (error instanceof Problem && error.code === 'not-found') return absent;
  const problem = troubleOf(error);
  if (test === undefined)
    return problem === null ? (
      <Skeleton height={28} lines={8} />
    ) : (
      <ErrorLine problem={problem} onRetry={() => void refetch()} />
    );
  const over = !['planned', 'under-way'].includes(test.state);
  const refusal = over ? w('sample.over') : cannot;
  const drawn = typeof test.fields.seed === 'string';
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      <div className={css.page}>
        <h1>{test.title}</h1>
        <p className={css.quiet}>{w('sample.help')}</p>
        {drawn ? <Items key={test.version} test={test} refusal={refusal} /> : null}
        {drawn ? <Proof test={test} /> : null}
        {over && !drawn ? (
          <p>
            {w('sample.none')}{' '}
            <Link href={`/control-tests/${test.ref}`}>{w('sample.to-record', { ref: test.ref })}</Link>
          </p>
        ) : null}
        {over ? null : (
          <details className={css.draw} open={!drawn}>
            <summary>{drawn ? w('sample.draw-again') : w('sample.draw')}</summary>
            <DrawForm key={test.version} test={test} refusal={refusal} />
          </details>
        )}
      </div>
    </>
  );
};
