import { useKinds } from '../../api/kinds.ts';
import { SchemePage } from '../../features/classification/scheme-page.tsx';
import { w } from '../../features/classification/words.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/classification-schemes/:ref/table`: the decision table of a scheme. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kind = useKinds().byCollection('classification-schemes');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [...recordCrumbs(kind, ref, `/classification-schemes/${ref}`), { label: w('table.page') }];
  return <SchemePage key={ref} recordRef={ref} crumbs={crumbs} absent={<AbsentPage />} />;
};
