import { useKinds } from '../../api/kinds.ts';
import { EditorPage } from '../../features/impact/editor-page.tsx';
import { t } from '../../text/t.ts';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/impact-assessments/:ref/sheet`: an impact assessment, part by part. */
export const Page = () => {
  const ref = useRouteParam('ref');
  const kinds = useKinds();
  const kind = kinds.byCollection('impact-assessments');
  if (kind === undefined) return <Skeleton height={28} lines={8} />;
  const crumbs = [...recordCrumbs(kind, ref, `/impact-assessments/${ref}`), { label: t('record.fill-in') }];
  return <EditorPage key={ref} kind={kind} recordRef={ref} crumbs={crumbs} absent={<AbsentPage />} />;
};
