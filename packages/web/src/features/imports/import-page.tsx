import { useQuery } from '@tanstack/react-query';
import type { ImportSummaryWire } from '@throughline/domain/wire-pages.ts';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { formatNumber } from '../../text/t.ts';
import { RelativeTime } from '../../ui/date-text.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { Link } from '../../ui/link.tsx';
import { useNavigate, usePageTitle, useSearchState } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DropZone } from './drop-zone.tsx';
import css from './imports.module.css';
import { importsQuery, useUpload } from './use-import.ts';
import { w } from './words.ts';

const Past = ({ imports }: { imports: readonly ImportSummaryWire[] }) => {
  const kinds = useKinds();
  if (imports.length === 0) return <p className={css.small}>{w('import.past-none')}</p>;
  return (
    <ScrollBox label={w('import.past')}>
      <table className={plain.table} aria-label={w('import.past')}>
        <thead>
          <tr>
            <th scope="col">{w('import.past-file')}</th>
            <th scope="col">{w('import.into')}</th>
            <th scope="col" className={plain.number}>
              {w('import.past-rows')}
            </th>
            <th scope="col">{w('import.past-state')}</th>
            <th scope="col">{w('import.past-counts')}</th>
            <th scope="col">{w('import.past-who')}</th>
            <th scope="col">{w('import.past-when')}</th>
          </tr>
        </thead>
        <tbody>
          {imports.map((entry) => (
            <tr key={entry.id}>
              <th scope="row">
                <Link href={`/import/${entry.id}`} className={css.fileName} title={entry.name}>
                  {entry.name}
                </Link>
              </th>
              <td>{kinds.byName(entry.kind)?.plural ?? entry.kind}</td>
              <td className={plain.number}>{formatNumber(entry.rows)}</td>
              <td>{w(`import.state.${entry.state}`)}</td>
              <td>
                {entry.counts === null
                  ? '–'
                  : [entry.counts.added, entry.counts.changed, entry.counts.rejected]
                      .map(formatNumber)
                      .join(' · ')}
              </td>
              <td>{entry.by ?? '–'}</td>
              <td className={plain.tight}>
                <RelativeTime at={entry.appliedAt ?? entry.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
};

/** Chosen for the kind, it leaves it to the headings. */
const recognise = 'recognise';

/** `/import`: where a file begins, and the files before it. */
export const Page = () => {
  usePageTitle(w('import.title'));
  const kinds = useKinds();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchState();
  const upload = useUpload((id) => navigate(`/import/${id}?step=file`));
  const past = useQuery(importsQuery);
  const kind = search.kind ?? recognise;
  const options = kinds.all
    .filter(({ abilities }) => abilities.import?.allowed !== false)
    .map(({ name, plural }) => ({ value: name, label: plural }));
  // Whoever may import nothing reads who could, instead of choosing a file for a refusal.
  const refused = options.length === 0 ? refusal(kinds.byName('use-case')?.abilities.import) : undefined;
  const problem = troubleOf(upload.error);
  const pastProblem = troubleOf(past.error);
  return (
    <div className={css.page}>
      <h1 className={css.title}>{w('import.title')}</h1>
      <p className={css.sentence}>{w('import.sentence')}</p>
      {refused === undefined ? (
        <div className={css.start}>
          <ChoiceField
            label={w('import.into')}
            value={kind}
            help={kind === recognise ? w('import.into-recognise-help') : undefined}
            options={[{ value: recognise, label: w('import.into-recognise') }, ...options]}
            onChange={(name) => setSearch({ kind: name === recognise ? undefined : (name ?? undefined) })}
          />
          <DropZone
            under={upload.under}
            onFile={(file) => upload.mutate({ file, reading: kind === recognise ? {} : { kind } })}
            onCancel={upload.cancel}
          />
          {problem === null ? null : <ProblemBox problem={problem} />}
        </div>
      ) : (
        <p className={css.start}>{refused}</p>
      )}
      <h2 className={css.heading}>{w('import.past')}</h2>
      {pastProblem === null ? null : <ErrorLine problem={pastProblem} onRetry={() => void past.refetch()} />}
      {past.data === undefined ? <Skeleton height={28} lines={3} /> : <Past imports={past.data} />}
    </div>
  );
};
