import { useQuery } from '@tanstack/react-query';
import type { FileField } from '@throughline/domain/kinds/fields.ts';
import { useState } from 'react';
import { t } from '../text/t.ts';
import { Button } from '../ui/button.tsx';
import { Link } from '../ui/link.tsx';
import { ErrorLine } from '../ui/problem.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { blobHref, countWords, problemOf, readBlobText } from './blobs.ts';
import css from './kinds.module.css';

/** The text of a kept file. A blob never changes under its id, so it is read once. */
export const useBlobText = (id: string | null) =>
  useQuery({
    queryKey: ['blob-text', id],
    queryFn: ({ signal }) => (id === null ? '' : readBlobText(id, signal)),
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

const TextValue = ({ id }: { id: string }) => {
  const text = useBlobText(id);
  if (text.error !== null)
    return <ErrorLine problem={problemOf(text.error)} onRetry={() => void text.refetch()} />;
  if (text.data === undefined) return <Skeleton height={20} lines={4} />;
  return (
    <>
      <div className={css.bar}>
        <span>{t('value.words', { n: countWords(text.data) })}</span>
        <Link href={blobHref(id)} download="">
          {t('value.download')}
        </Link>
      </div>
      <div className={css.paper}>{text.data}</div>
    </>
  );
};

/** A kept file: to download, and where it is text written here, to read in place. */
export const FileValue = ({ id, field }: { id: string; field: FileField }) => {
  const [opened, setOpened] = useState(false);
  if (field.as !== 'text')
    return (
      <Link href={blobHref(id)} download="">
        {t('value.download')}
      </Link>
    );
  if (opened) return <TextValue id={id} />;
  return (
    <span className={css.file}>
      <Button look="ghost" flush onClick={() => setOpened(true)}>
        {t('value.open-text')}
      </Button>
      <Link href={blobHref(id)} download="">
        {t('value.download')}
      </Link>
    </span>
  );
};
