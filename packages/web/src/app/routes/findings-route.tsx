import { useKinds } from '../../api/kinds.ts';
import { FindingsPage } from '../../features/risk/findings-page.tsx';
import { w } from '../../features/risk/words.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/risk-assessments/:ref/findings`: what one run considers. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kind = useKinds().byCollection('risk-assessments');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [...recordCrumbs(kind, ref, `/risk-assessments/${ref}`), { label: w('findings.label') }];
  return <FindingsPage key={ref} recordRef={ref} crumbs={crumbs} absent={<AbsentPage />} />;
};
