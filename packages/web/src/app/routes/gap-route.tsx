import { useKinds } from '../../api/kinds.ts';
import { GapPage } from '../../features/crosswalk/gap-page.tsx';
import { w } from '../../features/crosswalk/words.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/gap-analyses/:ref/progress`: how far a gap analysis came. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kind = useKinds().byCollection('gap-analyses');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [...recordCrumbs(kind, ref, `/gap-analyses/${ref}`), { label: w('gaps.page') }];
  return <GapPage key={ref} recordRef={ref} crumbs={crumbs} absent={<AbsentPage />} />;
};
