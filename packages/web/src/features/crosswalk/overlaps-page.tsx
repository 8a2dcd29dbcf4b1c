import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OverlapsWire } from '@throughline/domain/wire-crosswalk.ts';
import { get, post } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { RefLink } from '../../ui/link.tsx';
import { announce } from '../../ui/live-region.tsx';
import { useSearchState } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import css from './crosswalk.module.css';
import { PageOf } from './page-of.tsx';
import { w } from './words.ts';

type Group = OverlapsWire['groups'][number];
const path = '/api/v1/obligations/overlaps';

const groundWords = ({ type, by, confidence }: Group['grounds'][number]): string =>
  type === 'crosswalk'
    ? w('overlaps.ground.crosswalk', { by, confidence: confidence ?? '' })
    : w(`overlaps.ground.${type}`, { by });

const standing = ({ primary, members, open }: Group): string => {
  if (primary === null) return w(`overlaps.${open ?? 'none'}`);
  const who = members.find(({ record }) => record.id === primary.id)?.owner ?? '';
  return w('overlaps.primary', { who, ref: primary.ref });
};

const OneGroup = ({ group, system }: { group: Group; system: string | undefined }) => {
  const kinds = useKinds();
  const client = useQueryClient();
  const name = useMutation({
    mutationFn: (primary: Group['members'][number]['record']) =>
      post<OverlapsWire>(path, {
        primary: primary.id,
        others: group.members.map(({ record }) => record.id).filter((id) => id !== primary.id),
        ...(system === undefined ? {} : { system }),
      }),
    onSuccess: (after, primary) => {
      client.setQueryData(['overlaps', system ?? ''], after);
      announce(w('overlaps.named', { ref: primary.ref }));
    },
  });
  const problem = troubleOf(name.error);
  return (
    <section aria-label={group.members.map(({ record }) => record.ref).join(', ')}>
      <h2>{[...new Set(group.grounds.map(groundWords))].slice(0, 3).join('; ')}</h2>
      <p className={group.open === null ? css.small : css.over}>{standing(group)}</p>
      <ScrollBox label={w('overlaps.title')}>
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">{w('overlaps.member')}</th>
              <th scope="col">{w('overlaps.source')}</th>
              <th scope="col">{w('overlaps.owner')}</th>
              <th scope="col">{w('overlaps.refers')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {group.members.map(({ record, source, owner, refersTo }) => (
              <tr key={record.id}>
                <th scope="row">
                  <RefLink refText={record.ref} href={kinds.href(record)} /> {record.title}
                </th>
                <td>{source}</td>
                <td>{owner}</td>
                <td>{record.id === group.primary?.id ? w('overlaps.is-primary') : refersTo}</td>
                <td className={plain.tight}>
                  {record.id === group.primary?.id ? null : (
                    <Button look="ghost" busy={name.isPending} onClick={() => name.mutate(record)}>
                      {w('overlaps.name', { ref: record.ref })}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {problem === null ? null : <ProblemBox problem={problem} />}
    </section>
  );
};

/** `/obligations/overlaps`: requirements that ask for the same, and whose owner sees to them. */
export const Page = () => {
  const [search] = useSearchState();
  const system = search.system;
  const register = useKinds().byCollection('obligations');
  const query = useQuery({
    queryKey: ['overlaps', system ?? ''],
    queryFn: ({ signal }) => get<OverlapsWire>(path, { query: { system }, signal }),
  });
  const crumbs = [{ label: register?.plural ?? '', href: '/obligations' }, { label: w('overlaps.title') }];
  return (
    <PageOf title={w('overlaps.title')} crumbs={crumbs} query={query}>
      {({ groups }) => (
        <>
          <h1>{w('overlaps.title')}</h1>
          <p className={css.sentence}>
            {groups.length === 0
              ? w('overlaps.empty')
              : w('overlaps.sentence', {
                  n: groups.length,
                  open: groups.filter(({ open }) => open !== null).length,
                })}
          </p>
          {groups.map((group) => (
            <OneGroup key={group.members[0]?.record.id} group={group} system={system} />
          ))}
        </>
      )}
    </PageOf>
  );
};
