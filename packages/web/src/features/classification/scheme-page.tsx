import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SchemeTableWire } from '@throughline/domain/wire-classes.ts';
import { type ReactNode, useState } from 'react';
import { get } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { editRecord } from '../../api/records.ts';
import { troubleOf } from '../../api/trouble.ts';
import { useEditRefusal } from '../../kinds/use-edit-refusal.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { announce } from '../../ui/live-region.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './interview.module.css';
import { SchemeChanges } from './scheme-changes.tsx';
import { draftOf, fieldsOf, type TableDraft } from './table-draft.ts';
import { TableEditor } from './table-editor.tsx';
import { w } from './words.ts';

const pathOf = (ref: string): string => `/api/v1/classification-schemes/${encodeURIComponent(ref)}`;

type Example = SchemeTableWire['findings']['holes']['examples'][number];

const exampleWords = (example: Example): string =>
  example
    .map(({ fact, values }) => `${fact}: ${values.length === 0 ? w('table.none-said') : values.join(', ')}`)
    .join('; ');

/** What stands in the cell of a row under a fact: its values, those it must not have, or nothing asked. */
const cellWords = (
  table: SchemeTableWire,
  when: SchemeTableWire['rows'][number]['when'],
  fact: string,
): string => {
  const values = table.facts.find(({ id }) => id === fact)?.values ?? [];
  const label = (id: string) => values.find((value) => value.id === id)?.label ?? id;
  const asked = when.filter((condition) => condition.fact === fact);
  if (asked.length === 0) return w('table.any-value');
  return asked
    .map(({ test, values: said }) => {
      const names = said.map(label).join(', ');
      return test === 'none' ? w('table.not', { values: names }) : names;
    })
    .join('; ');
};

const Rows = ({ table }: { table: SchemeTableWire }) => (
  <ScrollBox label={w('table.page')}>
    <table className={plain.table} aria-label={w('table.page')}>
      <thead>
        <tr>
          <th scope="col">{w('table.row')}</th>
          {table.asked.map((fact) => (
            <th key={fact} scope="col">
              {table.facts.find(({ id }) => id === fact)?.label ?? fact}
            </th>
          ))}
          <th scope="col">{w('table.level')}</th>
          <th scope="col">{w('table.because')}</th>
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ row, level, because, when }) => (
          <tr key={row}>
            <th scope="row" className={plain.tight}>
              {row}
            </th>
            {table.asked.map((fact) => (
              <td key={fact} className={when.some((one) => one.fact === fact) ? undefined : plain.quiet}>
                {cellWords(table, when, fact)}
              </td>
            ))}
            <td>
              <b>{level}</b>
            </td>
            <td>{because}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollBox>
);

const Levels = ({ table }: { table: SchemeTableWire }) => (
  <section className={css.part} aria-labelledby="table-levels">
    <h2 id="table-levels">{w('table.levels')}</h2>
    <ScrollBox label={w('table.levels')}>
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">{w('table.level')}</th>
            <th scope="col">{w('table.meaning')}</th>
            <th scope="col">{w('table.again')}</th>
          </tr>
        </thead>
        <tbody>
          {table.levels.map(({ level, meaning, months }) => (
            <tr key={level}>
              <th scope="row">{level}</th>
              <td>{meaning}</td>
              <td className={plain.tight}>{months === null ? null : w('table.months', { n: months })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  </section>
);

/** What is wrong in a table, each in one sentence with an example; overlaps that its order decides stand folded below. */
const Findings = ({ findings }: { findings: SchemeTableWire['findings'] }) => {
  const { tried, holes, overlaps, idle, unreached } = findings;
  const clashing = overlaps.filter(({ decides }) => decides === null);
  const decided = overlaps.filter(({ decides }) => decides !== null);
  const example = (one: Example) => (
    <span className={css.small}> {w('table.for-example', { example: exampleWords(one) })}</span>
  );
  return (
    <section className={css.part} aria-labelledby="table-found">
      <h2 id="table-found">{w('table.found')}</h2>
      <ul className={css.places}>
        {tried === null ? <li>{w('table.too-many')}</li> : null}
        {tried === 0 ? <li>{w('table.empty')}</li> : null}
        {tried !== null && tried > 0 && holes.count === 0 ? <li>{w('table.whole', { n: tried })}</li> : null}
        {holes.count === 0 ? null : (
          <li>
            {w('table.holes', { n: holes.count, of: tried ?? 0 })}
            <ul className={css.places}>
              {holes.examples.map((one) => (
                <li key={exampleWords(one)}>{exampleWords(one)}</li>
              ))}
            </ul>
          </li>
        )}
        {clashing.map(({ rows: [one, other], example: shown }) => (
          <li key={`${one} ${other}`}>
            {w('table.clash', { one, other })}
            {example(shown)}
          </li>
        ))}
        {idle.map((row) => (
          <li key={row}>{w('table.idle', { row })}</li>
        ))}
        {unreached.map((level) => (
          <li key={level}>{w('table.unreached', { level })}</li>
        ))}
      </ul>
      {decided.length === 0 ? null : (
        <details>
          <summary>{w('table.overlaps', { n: decided.length })}</summary>
          <ul className={css.places}>
            {decided.map(({ rows: [one, other], decides, example: shown }) => (
              <li key={`${one} ${other}`}>
                {w('table.overlap', { one, other, decides: decides ?? '' })}
                {example(shown)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
};

const standingOf = ({ version, inForce }: SchemeTableWire): string => {
  if (inForce === null) return w('table.no-force', { version });
  return inForce === version
    ? w('table.is-force', { version })
    : w('table.in-force', { version, force: inForce });
};

const Table = ({ table, recordRef }: { table: SchemeTableWire; recordRef: string }) => {
  const client = useQueryClient();
  const reason = useEditRefusal('classification-schemes', recordRef);
  const [draft, setDraft] = useState<TableDraft | null>(null);
  const save = useMutation({
    mutationFn: (kept: TableDraft) =>
      editRecord(
        { collection: 'classification-schemes', ref: recordRef, version: table.version },
        { fields: fieldsOf(kept) },
      ),
    onSuccess: async () => {
      await client.invalidateQueries();
      setDraft(null);
      announce(w('table.saved'));
    },
  });
  const problem = troubleOf(save.error);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{w('table.title', { name: table.scheme.title })}</h1>
        <p className={css.sentence}>
          {standingOf(table)} {w(`table.hits.${table.hits}`)}
        </p>
      </header>
      <section className={css.part} aria-label={w('table.page')}>
        {draft === null ? (
          <Rows table={table} />
        ) : (
          <TableEditor table={table} draft={draft} onChange={setDraft} />
        )}
        {problem === null ? null : <ProblemBox problem={problem} />}
        <div className={css.foot}>
          {draft === null ? (
            <Button reason={reason} reasonShown onClick={() => setDraft(draftOf(table))}>
              {w('table.edit')}
            </Button>
          ) : (
            <>
              <Button look="primary" busy={save.isPending} onClick={() => save.mutate(draft)}>
                {w('table.save')}
              </Button>
              <Button look="ghost" onClick={() => setDraft(null)}>
                {w('table.stop')}
              </Button>
            </>
          )}
        </div>
      </section>
      <Findings findings={table.findings} />
      <Levels table={table} />
      <SchemeChanges recordRef={recordRef} of="tiers" />
    </div>
  );
};

export type SchemePageProps = { recordRef: string; crumbs: readonly Crumb[]; absent: ReactNode };

/** `/classification-schemes/:ref/table`: the decision table, what is found in it, and what it would change. */
export const SchemePage = ({ recordRef, crumbs, absent }: SchemePageProps) => {
  usePageTitle(w('table.title', { name: recordRef }));
  const { data, error, refetch } = useQuery({
    queryKey: ['scheme-table', recordRef],
    queryFn: ({ signal }) => get<SchemeTableWire>(`${pathOf(recordRef)}/table`, { signal }),
  });
  if (error instanceof Problem && error.code === 'not-found') return absent;
  const problem = troubleOf(error);
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      {data !== undefined ? (
        <Table table={data} recordRef={recordRef} />
      ) : problem === null ? (
        <Skeleton height={28} lines={8} />
      ) : (
        <ErrorLine problem={problem} onRetry={() => void refetch()} />
      )}
    </>
  );
};
