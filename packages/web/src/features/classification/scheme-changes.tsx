import { useMutation } from '@tanstack/react-query';
import type { TierComparisonWire } from '@throughline/domain/wire-classes.ts';
import { get } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { RefLink } from '../../ui/link.tsx';
import { announce } from '../../ui/live-region.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ProblemBox } from '../../ui/problem.tsx';
import css from './interview.module.css';
import { w } from './words.ts';

/** What a scheme gives: tiers by a table, or classes that somebody else gave. */
type Given = 'tiers' | 'classes';

const sentenceOf = ({ looked, changed }: TierComparisonWire, of: Given): string => {
  if (looked === 0) return w(`table.nothing-stored.${of}`);
  return changed.length === 0
    ? w(`table.no-change.${of}`, { n: looked })
    : w(`table.change.${of}`, { n: changed.length, of: looked });
};

/** What is stored by a scheme and its version at hand would change: held against it when somebody asks. */
const Comparison = ({ recordRef, of }: { recordRef: string; of: Given }) => {
  const kinds = useKinds();
  const compare = useMutation({
    mutationFn: () =>
      get<TierComparisonWire>(`/api/v1/classification-schemes/${encodeURIComponent(recordRef)}/changes`),
    onSuccess: (found) => announce(sentenceOf(found, of)),
  });
  const problem = troubleOf(compare.error);
  const found = compare.data;
  return (
    <div aria-busy={compare.isPending}>
      <p className={css.small}>{w(`table.changes-help.${of}`)}</p>
      <div className={css.foot}>
        <Button busy={compare.isPending} onClick={() => compare.mutate()}>
          {w(`table.compare.${of}`)}
        </Button>
      </div>
      {problem === null ? null : <ProblemBox problem={problem} />}
      {found === undefined ? null : (
        <>
          <p className={css.found} role="status">
            {sentenceOf(found, of)}
          </p>
          <ul className={css.places}>
            {found.changed.map(({ record, before, after, asked }) => (
              <li key={record.id}>
                <RefLink refText={record.ref} href={kinds.href(record)} /> {record.title}:{' '}
                <b>
                  {w('table.from-to', {
                    before: before ?? w('table.undetermined'),
                    after: after ?? w(of === 'tiers' ? 'table.undetermined' : 'table.no-level'),
                  })}
                </b>
                {asked.length === 0 ? null : (
                  <span className={css.small}> {w('table.asks', { facts: asked.join(', ') })}</span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
};

/** The same below the table of a scheme, before anybody approves its version. */
export const SchemeChanges = ({ recordRef, of }: { recordRef: string; of: Given }) => (
  <section className={css.part} aria-labelledby="table-changes">
    <h2 id="table-changes">{w('table.changes')}</h2>
    <Comparison recordRef={recordRef} of={of} />
  </section>
);

export type SchemeChangesPageProps = { recordRef: string; crumbs: readonly Crumb[] };

/** `/classification-schemes/:ref/changes`: the same of a scheme whose classes somebody else gives, which has no table. */
export const SchemeChangesPage = ({ recordRef, crumbs }: SchemeChangesPageProps) => {
  usePageTitle(w('table.changes-title', { ref: recordRef }));
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      <div className={css.page}>
        <header className={css.head}>
          <h1>{w('table.changes-title', { ref: recordRef })}</h1>
        </header>
        <Comparison recordRef={recordRef} of="classes" />
      </div>
    </>
  );
};
