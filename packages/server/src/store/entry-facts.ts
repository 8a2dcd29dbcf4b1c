import type { EntryBody } from '@throughline/domain/entry.ts';

/** Id of what an entry speaks of: what a request that is sent again is answered from. */
export function subjectOf(body: EntryBody): string | null {
  const {
    record,
    comment,
    blob,
    member,
    token,
    authority,
    import: imported,
    walk,
    identity,
    recusal,
    opinion,
    group,
    deputy,
    reset,
    waiver,
  } = { ...noSubject, ...body };
  return (
    comment ??
    recusal ??
    opinion ??
    identity ??
    group ??
    deputy ??
    reset ??
    record ??
    blob ??
    member ??
    token ??
    authority ??
    imported ??
    walk ??
    waiver ??
    null
  );
}
const noSubject: Readonly<
  Record<
    | 'record'
    | 'comment'
    | 'blob'
    | 'member'
    | 'token'
    | 'authority'
    | 'import'
    | 'walk'
    | 'identity'
    | 'recusal'
    | 'opinion'
    | 'group'
    | 'deputy'
    | 'reset'
    | 'waiver',
    string | undefined
  >
> = {
  record: undefined,
  comment: undefined,
  blob: undefined,
  member: undefined,
  token: undefined,
  authority: undefined,
  import: undefined,
  walk: undefined,
  identity: undefined,
  recusal: undefined,
  opinion: undefined,
  group: undefined,
  deputy: undefined,
  reset: undefined,
  waiver: undefined,
};

/** Acts beside records that change facts of the whole organisation: every line draws on them. */
export function changesFacts(act: EntryBody['act']): boolean {
  return /^(member|organisation|authority|judgement|identity|waiver)\./.test(act);
}
