import { useKinds } from '../../api/kinds.ts';
import { SchemeChangesPage } from '../../features/classification/scheme-changes.tsx';
import { w } from '../../features/classification/words.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/classification-schemes/:ref/changes`: what a version of a scheme without a table would change. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kind = useKinds().byCollection('classification-schemes');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [
    ...recordCrumbs(kind, ref, `/classification-schemes/${ref}`),
    { label: w('table.changes') },
  ];
  return <SchemeChangesPage key={ref} recordRef={ref} crumbs={crumbs} />;
};
