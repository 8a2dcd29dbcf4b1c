import { useKinds } from '../../api/kinds.ts';
import { SamplePage } from '../../features/soa/sample-page.tsx';
import { w } from '../../features/soa/words.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/control-tests/:ref/sample`: the sample of one test. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kind = useKinds().byCollection('control-tests');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [...recordCrumbs(kind, ref, `/control-tests/${ref}`), { label: w('sample.label') }];
  return <SamplePage key={ref} recordRef={ref} crumbs={crumbs} absent={<AbsentPage />} />;
};
