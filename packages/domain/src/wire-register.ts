/** The shapes of answers on what follows from a signed-off outcome, for the register of obligations. Conventions as in wire.ts. */
import type { RefWire } from './wire.ts';

export type PlannedDutyWire = {
  /** Id in the catalogue, such as `OB-27`. */
  item: string;
  article: string;
  title: string;
  /** `add` and `move` are written by `POST`; `stand` is there already, `hold` is held back by the law without a day. */
  does: 'add' | 'move' | 'stand' | 'hold';
  /** Day from which it applies. */
  from: string | null;
  because: string | null;
  record: RefWire | null;
  /** Day that the register says now. */
  before: string | null;
  /** Kinds of records that show it. */
  dischargedBy: readonly string[];
};

/** `GET /classifications/{ref}/obligations`, and the answer of `POST`. */
export type RegisterWire = {
  /** Why nothing can be written yet; `null` where it can. */
  notYet: string | null;
  duties: readonly PlannedDutyWire[];
  /** Duties of the law in the register of the system that follow from no signed-off outcome any more. */
  fellAway: readonly { item: string; record: RefWire }[];
};
