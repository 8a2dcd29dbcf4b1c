import { useKinds } from '../../api/kinds.ts';
import { RatingPage } from '../../features/risk/rating-page.tsx';
import { w } from '../../features/risk/words.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/risks/:ref/rating`: one risk rated by the criteria in force. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kind = useKinds().byCollection('risks');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [...recordCrumbs(kind, ref, `/risks/${ref}`), { label: w('risk.rating') }];
  return <RatingPage key={ref} recordRef={ref} crumbs={crumbs} absent={<AbsentPage />} />;
};
