import { useKinds } from '../../api/kinds.ts';
import { InterviewPage } from '../../features/classification/interview-page.tsx';
import { t } from '../../text/t.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/classifications/:ref/interview`: the questions of the EU AI Act, one use at a time. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kinds = useKinds();
  const kind = kinds.byCollection('classifications');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [
    ...recordCrumbs(kind, ref, `/classifications/${ref}`),
    { label: t('classification.interview') },
  ];
  return <InterviewPage key={ref} recordRef={ref} crumbs={crumbs} absent={<AbsentPage />} />;
};
