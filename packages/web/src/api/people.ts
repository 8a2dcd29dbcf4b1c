import { queryOptions } from '@tanstack/react-query';
import type { ListWire } from '@throughline/domain/wire.ts';
import type { DeputyWire, GroupWire, RoleWire } from '@throughline/domain/wire-people.ts';
import { get } from './client.ts';

const listOf =
  <Item>(path: string) =>
  async ({ signal }: { signal: AbortSignal }): Promise<readonly Item[]> =>
    (await get<ListWire<Item>>(path, { signal })).items;

/** Groups with their roles and members. */
export const groupsQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: listOf<GroupWire>('/api/v1/groups'),
});

/** Who stands in for whom, from today on. */
export const deputiesQuery = queryOptions({
  queryKey: ['deputies'],
  queryFn: listOf<DeputyWire>('/api/v1/deputies'),
});

/** What each role may, and who holds it. Never kept: it changes with every other of these. */
export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: listOf<RoleWire>('/api/v1/roles'),
  staleTime: 0,
});
