import { useKinds } from '../../api/kinds.ts';
import { EditPage } from '../../features/records/edit-page.tsx';
import { useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** `/:collection/:ref/edit`: every field of a record in one form. */
export const Page = () => {
  const collection = useRouteParam('collection');
  const ref = useRouteParam('ref');
  const kinds = useKinds();
  const kind = kinds.byCollection(collection);
  if (kinds.all.length === 0) return <Skeleton height={32} lines={8} />;
  if (kind === undefined) return <AbsentPage />;
  return (
    <EditPage
      key={`${collection}/${ref}`}
      kind={kind}
      recordRef={ref}
      crumbs={recordCrumbs(kind, ref, `/${collection}/${ref}`)}
      absent={<AbsentPage />}
    />
  );
};
