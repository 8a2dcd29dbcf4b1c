import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ListWire, MemberWire } from '@throughline/domain/wire.ts';
import { useMemo } from 'react';
import { get } from './client.ts';

/** Everybody, page by page: names are found, and people chosen, among all of them. */
async function everybody(signal: AbortSignal): Promise<readonly MemberWire[]> {
  // Somebody who is renamed meanwhile may stand on two pages.
  const found = new Map<string, MemberWire>();
  let next: string | undefined;
  do {
    const path: string = next === undefined ? '/api/v1/members' : `/api/v1/members?cursor=${next}`;
    const page = await get<ListWire<MemberWire>>(path, { signal });
    for (const member of page.items) found.set(member.id, member);
    next = page.next;
  } while (next !== undefined);
  return [...found.values()];
}

/** The people of the organisation. They change seldom; five minutes old is new enough for a choice. */
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => everybody(signal),
  staleTime: 300_000,
});

const nobody: readonly MemberWire[] = [];

const useEveryone = (): readonly MemberWire[] => useQuery(membersQuery).data ?? nobody;

/** People, without the service accounts: those are nobody to choose. Empty until they have arrived. */
export const useMembers = (): readonly MemberWire[] => {
  const everyone = useEveryone();
  return useMemo(() => everyone.filter((member) => member.service === undefined), [everyone]);
};

/** Accounts that act by tokens alone. */
export const useServiceAccounts = (): readonly MemberWire[] => {
  const everyone = useEveryone();
  return useMemo(() => everyone.filter((member) => member.service !== undefined), [everyone]);
};

export type Names = Readonly<Record<string, string>>;

/** Names by member id: those an answer brought along win over the list of people. */
export const useMemberNames = (brought?: Names): Names => {
  const members = useEveryone();
  return useMemo(
    () => ({ ...Object.fromEntries(members.map((member) => [member.id, member.name])), ...brought }),
    [members, brought],
  );
};
