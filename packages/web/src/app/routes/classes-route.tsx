import { useKinds } from '../../api/kinds.ts';
import { ClassesPage } from '../../features/classification/classes-page.tsx';
import { w } from '../../features/classification/words.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/use-cases/:ref/classes`: every scheme that could be asked of a use. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kind = useKinds().byCollection('use-cases');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [...recordCrumbs(kind, ref, `/use-cases/${ref}`), { label: w('classes.page') }];
  return <ClassesPage key={ref} recordRef={ref} crumbs={crumbs} absent={<AbsentPage />} />;
};
