/** Everything that a check in the browser can find. The words for each stand in the text catalogue. */
export const checkFaults = [
  'not-in-log', // the entry's path does not lead to the signed root
  'entry-differs', // the entry is not the one that the page showed
  'signature', // the checkpoint is not signed by the log's key
  'other-log', // the checkpoint names another log
  'other-version', // the entry is about another record or version
  'digest-differs', // the entry names another digest than the record shows
  'content-differs', // the content does not have the digest that the entry names
  'shrunk', // the newest checkpoint is of fewer entries than the one that is held
  'forked', // the log does not go on from the checkpoint that is held
  'unreadable', // what was handed over is no checkpoint, proof or key
] as const;
export type CheckFault = (typeof checkFaults)[number];

export type CheckResult =
  | {
      outcome: 'holds';
      entry: number;
      /** Entries under the checkpoint. */
      size: number;
      note: string;
      vkey: string;
      /** The content was erased: entry and digest hold, and there is nothing left to hold against them. */
      erased: boolean;
    }
  | { outcome: 'goes-on'; from: number; size: number; note: string; vkey: string }
  | { outcome: 'fails'; fault: CheckFault; entry: number | null; detail: string }
  /** This browser has no Ed25519. */
  | { outcome: 'cannot' };
