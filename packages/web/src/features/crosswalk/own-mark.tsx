import type { CrosswalkRowWire } from '@throughline/domain/wire-crosswalk.ts';
import { useKinds } from '../../api/kinds.ts';
import { RefLink } from '../../ui/link.tsx';
import { Tag } from '../../ui/tag.tsx';
import { w } from './words.ts';

/** Marks a row that the organisation wrote, with its record, where it is edited. */
export const OwnMark = ({ row: { own } }: { row: CrosswalkRowWire }) => {
  const kinds = useKinds();
  if (own === null) return null;
  return (
    <>
      <Tag>{w('crosswalk.own-mark')}</Tag>{' '}
      <RefLink refText={own.ref} href={kinds.href(own)} title={own.title} />
    </>
  );
};

/** What a framework is called, as the register of own rows names it. */
export const useFrameworkNames = (): ((id: string) => string) => {
  const field = useKinds().byName('mapping')?.fields.toFramework;
  const known = field?.type === 'choice' ? field.options : [];
  return (id) => known.find((option) => option.id === id)?.label ?? id;
};
