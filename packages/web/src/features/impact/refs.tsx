import type { RefWire } from '@throughline/domain/wire.ts';
import { useKinds } from '../../api/kinds.ts';
import { RefLink } from '../../ui/link.tsx';

/** Records by ref inside a sentence, with commas between. */
export const Refs = ({ of: refs }: { of: readonly RefWire[] }) => {
  const kinds = useKinds();
  return refs.map((ref, at) => (
    <span key={ref.id}>
      {at === 0 ? '' : ', '}
      <RefLink refText={ref.ref} href={kinds.href(ref)} title={ref.title} />
    </span>
  ));
};
