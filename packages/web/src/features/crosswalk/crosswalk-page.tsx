import { useQuery } from '@tanstack/react-query';
import type { CrosswalkRowWire, CrosswalkWire } from '@throughline/domain/wire-crosswalk.ts';
import { useState } from 'react';
import { get } from '../../api/client.ts';
import { refusal } from '../../kinds/roles.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Link } from '../../ui/link.tsx';
import { useNavigate, useSearchState } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import css from './crosswalk.module.css';
import { matching } from './matching.ts';
import { OwnMark, useFrameworkNames } from './own-mark.tsx';
import { PageOf } from './page-of.tsx';
import { w } from './words.ts';

type RowProps = {
  row: CrosswalkRowWire;
  numbers: ReadonlyMap<string, number>;
  titles: ReadonlyMap<string, string>;
};

/** What a row rests on, by its number in the list below the table; of an own row in its words. */
const Basis = ({ row: { basis, says }, numbers, titles }: RowProps) => (
  <td>
    {says}
    {basis.map((id) => (
      <a key={id} className={css.source} href={`#source-${numbers.get(id)}`} title={titles.get(id)}>
        {numbers.get(id)}
      </a>
    ))}
  </td>
);

/** One row of what a clause or control leads to; its first row names it for all. */
const Row = ({ of, ...props }: RowProps & { of: number }) => {
  const { row } = props;
  const named = useFrameworkNames();
  return (
    <tr>
      {of === 0 ? null : (
        <th scope="rowgroup" rowSpan={of}>
          {row.fromFramework === 'iso42001' ? null : `${named(row.fromFramework)} `}
          {row.from} <span className={css.small}>{row.fromTitle}</span>
        </th>
      )}
      <td>
        {row.framework === 'iso42001' || row.framework === 'own' ? `${named(row.framework)} ` : null}
        {row.to} <span className={css.small}>{row.toTitle}</span> <OwnMark row={row} />
        {row.note === null ? null : <p className={css.small}>{row.note}</p>}
      </td>
      <td title={row.means}>{row.relation}</td>
      <td>{row.confidence}</td>
      <Basis {...props} />
      {of === 0 ? null : (
        <td className={plain.number} rowSpan={of}>
          {row.evidence}
        </td>
      )}
    </tr>
  );
};

/** Rows of the organisation's own, apart from those that lead to the frameworks of the catalogue. */
const ownRows = 'own';

/** What can be done about own rows: one more, all of them as a file, and the register of them. */
const OwnTools = ({ crosswalk: { abilities, rows } }: { crosswalk: CrosswalkWire }) => {
  const navigate = useNavigate();
  const n = rows.filter(({ own }) => own !== null).length;
  return (
    <span className={css.tools}>
      {n === 0 ? null : <Link href="/mappings">{w('crosswalk.own-register', { n })}</Link>}
      <Button
        reason={refusal(abilities.write)}
        onClick={() => navigate('/mappings/new?from=%2Fcrosswalk%3Fframework%3Down')}
      >
        {w('crosswalk.own-new')}
      </Button>
    </span>
  );
};

const Crosswalk = ({ crosswalk }: { crosswalk: CrosswalkWire }) => {
  const [search, setSearch] = useSearchState();
  const [words, setWords] = useState('');
  const framework =
    search.framework === ownRows
      ? ownRows
      : (crosswalk.frameworks.find(({ id }) => id === search.framework)?.id ??
        crosswalk.frameworks[0]?.id ??
        'eu-ai-act');
  const rows = matching(
    crosswalk.rows.filter((row) => (framework === ownRows ? row.own !== null : row.framework === framework)),
    words,
  );
  const groups = [...Map.groupBy(rows, ({ from, fromFramework }) => `${fromFramework} ${from}`).values()];
  const sources = crosswalk.sources.filter(({ id }) => rows.some(({ basis }) => basis.includes(id)));
  const numbers = new Map(sources.map(({ id }, at) => [id, at + 1]));
  const titles = new Map(sources.map(({ id, title }) => [id, title]));
  return (
    <>
      <h1>{w('crosswalk.title')}</h1>
      <p className={css.sentence}>
        {w('crosswalk.sentence')} {crosswalk.rule}
      </p>
      <div className={css.bar}>
        <Segmented
          label={w('crosswalk.framework')}
          value={framework}
          options={[
            ...crosswalk.frameworks.map(({ id, name }) => ({ value: id, label: name })),
            { value: ownRows, label: w('crosswalk.own') },
          ]}
          onChange={(id) => setSearch({ framework: id })}
        />
        <TextField label={w('crosswalk.find')} value={words} onChange={setWords} />
        <span className={css.small} role="status">
          {w('crosswalk.count', { n: rows.length })}
        </span>
        <Link href="/coverage">{w('crosswalk.coverage')}</Link>
        <Link href="/obligations/overlaps">{w('crosswalk.overlaps')}</Link>
        <OwnTools crosswalk={crosswalk} />
      </div>
      {framework === ownRows ? <p className={css.small}>{w('crosswalk.own-help')}</p> : null}
      {rows.length === 0 ? (
        <p>{w(framework === ownRows && words === '' ? 'crosswalk.own-none' : 'crosswalk.none')}</p>
      ) : (
        <ScrollBox label={w('crosswalk.title')}>
          <table className={plain.table} aria-label={w('crosswalk.title')}>
            <thead>
              <tr>
                <th scope="col">{w(framework === ownRows ? 'crosswalk.own-from' : 'crosswalk.from')}</th>
                <th scope="col">{w('crosswalk.to')}</th>
                <th scope="col">{w('crosswalk.relation')}</th>
                <th scope="col">{w('crosswalk.confidence')}</th>
                <th scope="col">{w('crosswalk.basis')}</th>
                <th scope="col" className={plain.number}>
                  {w('crosswalk.evidence')}
                </th>
              </tr>
            </thead>
            {groups.map((group) => (
              <tbody key={`${group[0]?.fromFramework} ${group[0]?.from}`}>
                {group.map((row, at) => (
                  <Row
                    key={row.id}
                    row={row}
                    of={at === 0 ? group.length : 0}
                    numbers={numbers}
                    titles={titles}
                  />
                ))}
              </tbody>
            ))}
          </table>
        </ScrollBox>
      )}
      {sources.length === 0 ? null : <h2>{w('crosswalk.sources')}</h2>}
      <ol className={css.list}>
        {sources.map(({ id, title }) => (
          <li key={id} id={`source-${numbers.get(id)}`}>
            {title}
          </li>
        ))}
      </ol>
      <h2>{w('crosswalk.warnings')}</h2>
      <ul className={css.list}>
        {crosswalk.warnings.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
};

/** `/crosswalk`: what each clause and control shares with other frameworks, with basis and confidence. */
export const Page = () => {
  const query = useQuery({
    queryKey: ['crosswalk', 'mapping'],
    queryFn: ({ signal }) => get<CrosswalkWire>('/api/v1/crosswalk', { signal }),
  });
  return (
    <PageOf title={w('crosswalk.title')} query={query}>
      {(data) => <Crosswalk crosswalk={data} />}
    </PageOf>
  );
};
