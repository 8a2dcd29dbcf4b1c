import type { AbilityWire } from './wire.ts';

/** A step of the life cycle from where a record stands. */
export type StepWire = {
  name: string;
  label: string;
  to: string;
  ability: AbilityWire;
  /** Fields that alone stand in its way, blank or said of an earlier time: they may be sent with the step. */
  asks?: readonly string[];
};
