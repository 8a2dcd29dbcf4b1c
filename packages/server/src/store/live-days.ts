import type { Reader } from './reader.ts';

/** Every day that a version of a system ever said, while it was live, to be that since when it runs. */
export async function liveDaysOf(reader: Reader, version: string): Promise<string[]> {
  const rows = await reader.run<{ day: string }>({
    name: 'live-days',
    text: `select distinct fields ->> 'liveFrom' as day from revision
      where organisation = $1 and record = $2 and state = 'live' and fields ->> 'liveFrom' is not null`,
    values: [reader.organisation, version],
  });
  return rows.map(({ day }) => day);
}
