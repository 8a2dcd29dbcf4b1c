import { t } from '../text/t.ts';
import { Link } from '../ui/link.tsx';

/** A change that an import made carries the import's id as its reason (uuidv7). */
const isImport = (because: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(because);

/** What led to a change: the words of whoever made it, or the way to the import. */
export const Because = ({ because }: { because: string }) =>
  isImport(because) ? <Link href={`/import/${because}?step=apply`}>{t('history.an-import')}</Link> : because;
