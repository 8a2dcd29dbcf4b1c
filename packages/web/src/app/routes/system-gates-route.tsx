import { useKinds } from '../../api/kinds.ts';
import { SystemGatesPage } from '../../features/gates/system-page.tsx';
import { w } from '../../features/gates/words.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/systems/:ref/gates`: where a system is in its life cycle, and what its next gate misses. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kind = useKinds().byCollection('systems');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [...recordCrumbs(kind, ref, `/systems/${ref}`), { label: w('gates.gates') }];
  return <SystemGatesPage key={ref} recordRef={ref} crumbs={crumbs} absent={<AbsentPage />} />;
};
