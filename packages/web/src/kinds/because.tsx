import { t } from '../text/t.ts';
import { Link } from '../ui/link.tsx';

/** A change that an import made carries the import's id as its reason (uuidv7). */
const isImport = (because: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(because);

type BecauseProps = {
  because: string;
  /** What it is: an entry of the log says so, with `null` for words. A change of a record has words, or an import. */
  cause?: 'import' | 'proposal' | null;
};

/** What led to a change: the words of whoever made it, the way to the import, or that two hands did it. */
export const Because = ({ because, cause = isImport(because) ? 'import' : null }: BecauseProps) => {
  if (cause === 'proposal') return t('history.a-proposal');
  if (cause === null) return because;
  return <Link href={`/import/${because}?step=apply`}>{t('history.an-import')}</Link>;
};
