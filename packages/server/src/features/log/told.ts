import { isObject } from '@throughline/domain/json.ts';
import type { PlaceRow } from '../../store/verify/places.ts';

/** What an entry says, read without trust: any part may be missing or of another type. */
export type Said = {
  readonly index: number;
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
};

/** The first and the newest entry about one thing; what was said in between is over. */
export type History = { readonly first: Said; last: Said };

/**
 * Which part of an entry names the row that it speaks of, by the noun before the dot of its act. Where the entries of
 * earlier releases name a login, today's name the member.
 */
export const subjects = {
  approval: 'approval',
  comment: 'comment',
  blob: 'blob',
  session: 'session',
  password: 'person',
  account: 'person',
  factor: 'factor',
  reset: 'reset',
  member: 'member',
  group: 'group',
  membership: 'membership',
  deputy: 'deputy',
  token: 'token',
  judgement: 'judgement',
  import: 'import',
  identity: 'identity',
  recusal: 'recusal',
  opinion: 'opinion',
  outside: 'outside',
  provider: 'provider',
  domain: 'domain',
  provisioning: 'provisioning',
  waiver: 'waiver',
  proposal: 'proposal',
  authority: null,
  organisation: null,
  retention: 'retention',
  export: 'export',
  walk: 'walk',
  log: null,
  record: 'record',
} as const;
export type Noun = keyof typeof subjects;

/** Acts that leave no row, and why that is so: the only entries that nothing is looked for. */
export const withoutRow: Readonly<Record<string, string>> = {
  'session.refused': 'nobody was let in, so there is no session',
  'provisioning.refused': 'nobody was taken away, so what was said of them stands',
  'export.made': 'a copy was handed out; nothing of it is kept here',
  'retention.applied': 'what it took away is gone; the entry counts it',
  'log.restored': 'the name that it gives the log stands beside other names, and in the checkpoint',
  'log.resumed': 'the checkpoint that it names is held against the tree',
  'record.erased': 'the record stays; that its content is gone is held against this entry',
};

/** Everything the log says of what is no version of a record, gathered on the way through it. */
export class Told {
  readonly byNoun = new Map<Noun, Map<string, History>>();
  /** Records whose content was erased, with the entry that says so. */
  readonly erased = new Map<string, number>();
  /**
   * Numbers that entries of creations name, by record; `null` where an earlier release named none. Only of entries that
   * were compared part by part: where a bundle was right at once, so are its numbers.
   */
  readonly numbers = new Map<string, number | null>();
  /** Cells of imports that ended before this moment were taken away by the organisation's own rule; '' where none were. */
  cellsGoneBefore = '';
  /** Where the log goes on from a backup last; and where logins of an installation stayed behind. */
  restoredAt = -1;
  /** Every entry that names the log anew, oldest first. */
  readonly restored: Said[] = [];
  loginsLeftAt = -1;
  /** Every entry by which an operator let the signing go on, oldest first. */
  readonly resumed: Said[] = [];

  add(said: Said): void {
    const act = String(said.body.act ?? '');
    // Most entries: their versions are compared as they are read.
    if (act.startsWith('record.') && act !== 'record.erased') return;
    if (act === 'log.restored') this.#restored(said);
    if (act === 'retention.applied') this.#forgot(said.body);
    if (act === 'log.resumed') this.resumed.push(said);
    if (act === 'record.erased') this.erased.set(String(said.body.record), said.index);
    if (act in withoutRow) return;
    const noun = nounOf(act);
    if (noun === undefined || noun === 'record' || noun === 'log') return;
    const name = subjects[noun];
    const key = name === null ? noun : String(said.body[name] ?? said.body.member ?? '');
    const known = this.byNoun.get(noun) ?? new Map<string, History>();
    this.byNoun.set(noun, known);
    const history = known.get(noun === 'walk' ? said.id : key);
    if (history) history.last = said;
    else known.set(noun === 'walk' ? said.id : key, { first: said, last: said });
  }

  keepNumber({ act, record, number }: Said['body']): void {
    if (act === 'record.created')
      this.numbers.set(String(record), typeof number === 'number' ? number : null);
  }

  #forgot({ cellsBefore }: Said['body']): void {
    if (typeof cellsBefore === 'string' && cellsBefore > this.cellsGoneBefore)
      this.cellsGoneBefore = cellsBefore;
  }

  #restored(said: Said): void {
    const { index, body } = said;
    this.restored.push(said);
    // A backup holds no session and no second factor: whoever had them begins anew (docs/formats/backup.md).
    this.byNoun.delete('session');
    this.byNoun.delete('factor');
    // One that waits for its place comes after all that have theirs.
    const at = index < 0 ? Number.MAX_SAFE_INTEGER : index;
    this.restoredAt = at;
    if (body.scope !== 'organisation') return;
    this.byNoun.delete('password');
    this.byNoun.delete('account');
    this.byNoun.delete('domain');
    this.loginsLeftAt = at;
  }

  of(noun: Noun): Map<string, History> {
    return this.byNoun.get(noun) ?? new Map();
  }
}

export function nounOf(act: string): Noun | undefined {
  const noun = act.slice(0, Math.max(0, act.indexOf('.')));
  return isNoun(noun) ? noun : undefined;
}

const isNoun = (text: string): text is Noun => Object.hasOwn(subjects, text);

/** The parts of an entry; nothing where it cannot be read or is of an act that this release does not know. */
export function readBody(row: Pick<PlaceRow, 'body'>): Said['body'] | undefined {
  return readText(row.body.toString('utf8'));
}

/** The same of an entry as text. */
export function readText(text: string): Said['body'] | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) && nounOf(String(body.act)) !== undefined ? body : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
