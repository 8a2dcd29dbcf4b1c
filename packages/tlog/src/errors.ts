/** Every way in which something of a log is refused. What each means stands beside it. */
export const tlogErrorCodes = [
  'number', // no whole number, negative, beyond 2^53 - 1, or not in its one decimal form
  'range', // a number that fits no such tree: an index beyond the size, an older size above the newer one
  'hash', // no 32 bytes
  'proof-length', // a proof with too few or too many hashes for its sizes
  'root-differs', // a proof that leads to another root than the one it was held against
  'encoding', // text that is no UTF-8, or base64 that is not in its one canonical form
  'path', // no path of c2sp.org/tlog-tiles, or not in its one form
  'tile', // a tile of another length than its width asks for
  'bundle', // an entry bundle that ends early, goes on after its last entry, or is wider than 256
  'entry', // an entry above 65,535 bytes
  'note', // no signed note
  'key', // no key of a signed note, or one whose id does not fit it
  'signature', // a known key's signature that does not hold, or none of a known key
  'origin', // a checkpoint of another log
  'checkpoint', // a note whose text is no checkpoint
  'proof-file', // no c2sp.org/tlog-proof
] as const;

export type TlogErrorCode = (typeof tlogErrorCodes)[number];

/** A refusal: `code` says what, `at` says where (`proof[3]`, `line 2`, `entry 17`, a path), the message says both. */
export class TlogError extends Error {
  override readonly name = 'TlogError';
  readonly code: TlogErrorCode;
  readonly at: string;

  constructor(code: TlogErrorCode, at: string, what: string) {
    super(`${at}: ${what}`);
    this.code = code;
    this.at = at;
  }
}
