import type { AuthorityLevel } from '@throughline/catalogue/vocabulary.ts';
import { options } from '../vocabulary.ts';

/**
 * Rules of the line that the organisation set itself (stations.yaml, source `house`), in a few words: all that a waiver
 * may set aside. What law, a contract or the standard asks for stands in no list here. A test holds it to the catalogue.
 */
const words: Readonly<Record<string, string>> = {
  sc6: 'SC6 Matched with an outside population',
  ow2: 'OW2 A deputy is named',
  ow7: 'OW7 The owner confirmed the record in time',
  uc3: 'UC3 Autonomy is stated in words',
  uc4: 'UC4 Ended use cases are closed, and none runs',
  su3: 'SU3 Right to notice of change, logs and correction',
  cl2: 'CL2 Own tier on every live use case',
  cl3: 'CL3 The classification is final',
  cl5: 'CL5 The classification is signed off',
  cl6: 'CL6 The classification was validated in time',
  im9: 'IM9 No use runs that must not go on',
  ri6: 'RI6 New criteria have a day of transition',
  co5: 'CO5 A moved date keeps its first one',
  op6: 'OP6 Overseers depart from the system at times',
  ev3: 'EV3 Evidence is newer than the last change',
  ev7: 'EV7 A confirmation replaces no evidence',
  as2: 'AS2 High-risk system audited in time',
  as7: 'AS7 Other system audited in time',
};

export const houseRules = options(words);

/** The rule of the catalogue that an option stands for. */
export const ruleOfOption = (option: string): string => option.toUpperCase();

const light: ReadonlySet<string> = new Set(['ow7', 'op6', 'as7']);
const heavy: ReadonlySet<string> = new Set(['cl3', 'im9']);

/**
 * How much authority setting a rule aside takes, by its weight: an opportunity is low, a minor gap moderate, a major one
 * high. Nothing where no rule is named yet.
 */
export function waiverLevel(option: unknown): AuthorityLevel | null {
  if (typeof option !== 'string' || !Object.hasOwn(words, option)) return null;
  if (light.has(option)) return 'low';
  return heavy.has(option) ? 'high' : 'moderate';
}
