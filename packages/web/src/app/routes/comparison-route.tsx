import { useKinds } from '../../api/kinds.ts';
import { ComparisonPage } from '../../features/risk/comparison-page.tsx';
import { w } from '../../features/risk/words.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/treatments/:ref/comparison`: one plan against Annex A. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kind = useKinds().byCollection('treatments');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [...recordCrumbs(kind, ref, `/treatments/${ref}`), { label: w('comparison.label') }];
  return <ComparisonPage key={ref} recordRef={ref} crumbs={crumbs} absent={<AbsentPage />} />;
};
