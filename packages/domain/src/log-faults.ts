import { knownWords, type LogKnown, type LogKnownNamed } from './log-known.ts';

/** Everything that can be wrong with a log and with the rows that it speaks of. What each means stands beside it. */
export const logFaultKinds = [
  // The tree: what an outsider with the public key finds too (c2sp.org/tlog-tiles, RFC 6962).
  'missing', // a tile, a bundle or the checkpoint is not there
  'superfluous', // something that a log of this size cannot have
  'malformed', // what is there cannot be read as what its place says
  'unsigned', // the checkpoint is not signed by the log's key
  'other-log', // the checkpoint names another log
  'entry-differs', // an entry is not the one that its tile vouches for
  'tile-differs', // a tile's hash is not the one of what stands below it
  'entries-early', // entries that each stand one place before their own: one before them was taken out
  'entries-late', // entries that each stand one place behind their own: one was put in before them
  'root-differs', // the whole tree is not the one that was signed
  'shrunk', // a checkpoint that somebody holds is of more entries
  'forked', // the log does not go on from a checkpoint that somebody holds
  // Entries and their places.
  'entry-gone', // a place of the log whose entry is not there
  'place-gone', // a place below the log's end that is not there
  'place-differs', // the hash kept at a place is not that of its entry
  'head-differs', // size or root of the head are not those of the places
  'not-placed', // an entry that has no place and waits for none
  'entry-unreadable', // an entry that says nothing this release can read
  'promoted-differs', // a column beside an entry is not what the entry says
  'key-unknown', // an entry names a key of the log that is not registered, or not in this order
  'key-differs', // a key that is registered is not the one that is held outside the database
  // Rows and entries against each other.
  'row-gone', // an entry speaks of a row that is not there
  'row-unlogged', // a row that no entry speaks of
  'row-differs', // a column of a row is not what its entry says
  'content-differs', // content does not have the digest that its entry names
  'content-gone', // content is not there, and no entry says that it was erased
  // A record against its newest version.
  'version-gone', // a record's versions are not 1, 2, 3 …
  'record-differs', // a column of a record is not what its newest version says
  'link-gone', // a link of the newest version is not in the table of links
  'link-unlogged', // a link that no version has
] as const;

export type LogFaultKind = (typeof logFaultKinds)[number];

/** One thing that is wrong, and where. Ids, numbers and hashes; never what a record says, so that it may be kept. */
export type FoundFault = {
  readonly fault: LogFaultKind;
  /** Resource of the tree, below the log's address. */
  readonly path: string | null;
  /** Places of the entries concerned: from, and up to and without. */
  readonly entries: { readonly start: number; readonly end: number } | null;
  readonly table: string | null;
  readonly column: string | null;
  /** Key of the row in its table. */
  readonly row: string | null;
  /** Id of the record concerned. */
  readonly record: string | null;
  readonly version: number | null;
  readonly expected: string | null;
  readonly found: string | null;
};

/**
 * Ref of the record beside it, where the record is known; and where a row is not there, what an entry says of it.
 */
export type LogFaultFound = FoundFault & { readonly ref: string | null; readonly known: LogKnown | null };

/** The same with the name of who made what is gone, where that is known. */
export type LogFaultNamed = Omit<LogFaultFound, 'known'> & { readonly known: LogKnownNamed | null };

const words: Readonly<Record<LogFaultKind, string>> = {
  missing: 'is not there',
  superfluous: 'is there, and nothing can be there in a log of this size',
  malformed: 'cannot be read',
  unsigned: 'is not signed by the key of the log',
  'other-log': 'is of another log',
  'entry-differs': 'is not the entry that the tree vouches for',
  'tile-differs': 'does not fit what stands below it',
  'entries-early':
    'stand one place before the one that the tree vouches for: the entry that stood first among them is gone',
  'entries-late': 'stand one place behind the one that the tree vouches for: the first among them was put in',
  'root-differs': 'is signed for other entries than those that are there',
  shrunk: 'is of fewer entries than a checkpoint that is held',
  forked: 'does not go on from a checkpoint that is held',
  'entry-gone': 'has a place in the log and is not there',
  'place-gone': 'has no place in the log',
  'place-differs': 'does not have the hash that is kept at its place',
  'head-differs': 'is not that of the places in the log',
  'not-placed': 'has no place in the log and waits for none',
  'entry-unreadable': 'cannot be read by this release',
  'promoted-differs': 'is not what the entry says',
  'key-unknown': 'names a key that is not registered at this point',
  'key-differs': 'is not the key that is held outside the database',
  'row-gone': 'is named by an entry and is not there',
  'row-unlogged': 'is there, and no entry speaks of it',
  'row-differs': 'is not what its entry says',
  'content-differs': 'does not have the digest that its entry names',
  'content-gone': 'is not there, and no entry says that it was erased',
  'version-gone': 'is missing among the versions of the record',
  'record-differs': 'is not what the newest version says',
  'link-gone': 'is in the newest version and not among the links',
  'link-unlogged': 'is among the links and in no version',
};

/** One line for a person: where, what, what was expected and found, and what the log knows of a row that is gone. */
export function faultSentence(fault: LogFaultNamed): string {
  const difference = [
    ...(fault.expected === null ? [] : [`expected ${fault.expected}`]),
    ...(fault.found === null ? [] : [`found ${fault.found}`]),
  ].join(', ');
  const many = fault.fault === 'place-gone' && fault.entries && fault.entries.end - fault.entries.start > 1;
  const what = many ? 'have no place in the log' : words[fault.fault];
  const said = `${placeOf(fault)} ${what}${difference === '' ? '' : `: ${difference}`}`;
  return fault.known === null ? said : `${said}. The log knows it: ${knownWords(fault.known)}`;
}

function placeOf(fault: LogFaultNamed): string {
  const { ref, record, version, table, column, row } = fault;
  const entry = entriesWords(fault);
  const named = ref ?? (record === null ? null : `record ${record}`);
  const parts = [
    named === null ? null : version === null ? named : `${named} version ${version}`,
    table === null ? null : column === null ? table : `${table}.${column}`,
    row === null || row === record ? null : row,
    fault.path,
    entry,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'the log' : parts.join(', ');
}

function entriesWords({ entries }: FoundFault): string | null {
  if (entries === null || entries.end <= entries.start) return null;
  const last = entries.end - 1;
  return entries.start === last ? `entry ${last}` : `entries ${entries.start} to ${last}`;
}
