import { isObject } from '@throughline/domain/json.ts';
import { toHex } from '@throughline/tlog/bytes.ts';
import { leafHash } from '@throughline/tlog/hash.ts';
import type { Services } from '../../services.ts';
import { type Cause, causesOf } from '../../store/causes.ts';
import { groupNames } from '../../store/groups.ts';
import { type LogFilter, type LogRow, logEntries } from '../../store/log-entries.ts';
import type { Asker } from '../../store/reading.ts';
import { actorNames, findAnyRecord, type RefRow, refsById } from '../../store/records.ts';
import { sha256 } from '../../store/sha256.ts';

export type LogPage = {
  readonly entries: readonly (LogRow & { readonly hash: string })[];
  readonly refs: ReadonlyMap<string, RefRow>;
  /** Members, groups and tokens, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** What led to some of the entries, by the id that they name. */
  readonly causes: ReadonlyMap<string, Cause>;
  readonly next: string | null;
};

const nothing: LogPage = { entries: [], refs: new Map(), names: new Map(), causes: new Map(), next: null };

/** A page of the log, newest first. `record` is a ref or an id; one that is not there has no entries. */
export async function readLog(services: Services, who: Asker, filter: LogFilter): Promise<LogPage> {
  return services.store.read(who, async (reader) => {
    const record = filter.record === undefined ? undefined : await findAnyRecord(reader, filter.record);
    if (filter.record !== undefined && !record) return nothing;
    const rows = await logEntries(reader, { ...filter, record: record?.id, limit: filter.limit + 1 });
    const page = rows.slice(0, filter.limit);
    const said = page.map((row) => bodyOf(row));
    const named = said.flatMap((body) => [...aboutOf(body), ...placeOf(body)]);
    return {
      entries: page.map((row) => ({ ...row, hash: toHex(leafHash(sha256, row.body)) })),
      refs: await refsById(
        reader,
        page.flatMap((row) => (row.record === null ? [] : [row.record])),
      ),
      names: new Map([
        ...(await actorNames(reader, [...page.map((row) => row.actor_id), ...named])),
        ...(await groupNames(reader, said.flatMap(groupsOf))),
      ]),
      causes: await causesOf(
        reader,
        said.flatMap(({ because }) => (typeof because === 'string' ? [because] : [])),
      ),
      next: rows.length > filter.limit ? (page.at(-1)?.id ?? null) : null,
    };
  });
}

type Body = Readonly<Record<string, unknown>>;

/** What an entry says, as it is kept. */
export function bodyOf({ body }: Pick<LogRow, 'body'>): Body {
  const said: unknown = JSON.parse(body.toString('utf8'));
  return isObject(said) ? said : {};
}

/** The members in whose place, and at whose wish, an entry says that somebody acted. */
const placeOf = ({ onBehalfOf, askedBy }: Body): string[] => [onBehalfOf, askedBy].filter(isId);

/** Ids of the members, groups and tokens that an entry is about, in the order of its act's words. */
export function aboutOf(body: Body): string[] {
  const { member, members, absent, owner, token, service, provisioning } = body;
  const all = [...groupsOf(body), provisioning, absent, member, ...(Array.isArray(members) ? members : [])];
  return [...new Set([...all, token, service, owner].filter(isId))];
}

/** What the identity provider says is of a member or of a group: only one of the two is there. */
const groupsOf = ({ group, provisioning }: Body): string[] => [group, provisioning].filter(isId);

const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
