import { useKinds } from '../../api/kinds.ts';
import { GatePage } from '../../features/gates/gate-page.tsx';
import { w } from '../../features/gates/words.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/gates/:ref/criteria`: what one gate asks, and how it is answered. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kind = useKinds().byCollection('gates');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [...recordCrumbs(kind, ref, `/gates/${ref}`), { label: w('gates.criteria') }];
  return <GatePage key={ref} recordRef={ref} crumbs={crumbs} absent={<AbsentPage />} />;
};
