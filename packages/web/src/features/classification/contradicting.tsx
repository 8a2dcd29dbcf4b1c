import { useQuery } from '@tanstack/react-query';
import type { UseClassesWire } from '@throughline/domain/wire-classes.ts';
import { get } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { Link, RefLink } from '../../ui/link.tsx';
import css from './interview.module.css';
import { w } from './words.ts';

/**
 * Says on the page of a signed-off class under the law which others of the same use contradict it. Nothing where none
 * does: the line of the use has the gap, and whoever reads this class alone would take it for all there is.
 */
export const Contradicting = ({ of: id, use }: { of: string; use: string }) => {
  const kinds = useKinds();
  const { data } = useQuery({
    queryKey: ['classes', use],
    queryFn: ({ signal }) =>
      get<UseClassesWire>(`/api/v1/use-cases/${encodeURIComponent(use)}/classes`, { signal }),
    // An archived use has no classes beside each other, and the page of the class says so itself.
    retry: false,
  });
  const law = data?.schemes.find(({ apart }) => apart);
  const signed = law?.classes.filter(({ signedOff }) => signedOff) ?? [];
  const others = signed.filter(({ record }) => record.id !== id);
  if (signed.length === others.length || others.length === 0) return null;
  return (
    <div role="status" className={css.notice}>
      <p className={css.elsewhere}>{w('classes.apart-here')}</p>
      <ul>
        {others.map(({ record, outcome }) => (
          <li key={record.id}>
            <RefLink refText={record.ref} href={kinds.href(record)} /> {record.title}
            {outcome === null ? null : `: ${outcome}`}
          </li>
        ))}
      </ul>
      <Link href={`/use-cases/${use}/classes`}>{w('classes.apart-look')}</Link>
    </div>
  );
};
