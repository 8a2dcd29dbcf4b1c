import { useKinds } from '../../api/kinds.ts';
import { RegisterPage } from '../../features/records/register-page.tsx';
import { ViewsRow } from '../../features/views/views-row.tsx';
import { useRouteParam, useSearchState } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';

/** `/:collection`: the register of a kind, with its saved views above the rows. */
export const Page = () => {
  const collection = useRouteParam('collection');
  const kinds = useKinds();
  const [search] = useSearchState();
  const kind = kinds.byCollection(collection);
  if (kinds.all.length === 0) return <Skeleton height={32} lines={12} />;
  if (kind === undefined) return <AbsentPage />;
  return (
    <RegisterPage
      key={collection}
      kind={kind}
      views={(query, all) => <ViewsRow collection={collection} query={query} view={search.view} all={all} />}
    />
  );
};
