import { ExportIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/link.tsx';
import css from './imports.module.css';
import { rejectedHref } from './use-import.ts';
import { w } from './words.ts';

/** The rows that are not taken whole as a file: mended in a spreadsheet, it can be imported again. */
export const RejectedLink = ({ id }: { id: string }) => (
  <p className={css.rejected}>
    <Link href={rejectedHref(id)} download="" look="plain" className={css.choose}>
      <ExportIcon />
      {w('import.preview.download')}
    </Link>
    <span className={css.small}>{w('import.preview.download-text')}</span>
  </p>
);
