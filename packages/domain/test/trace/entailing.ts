/** A signed-off class whose answers lead to duties of law, and the register that holds them. */
import { answerText } from '../../src/classification/answer-text.ts';
import type { TraceRecord } from '../../src/trace/inputs.ts';
import { home, pair } from './breaks.ts';
import { changed, duty, type goodWorld, having, shownBy } from './world.ts';

type Made = ReturnType<typeof goodWorld>;

/** Whoever provides and runs what talks to people; it leads to the duties below. */
const talking: Readonly<Record<string, boolean | string | readonly string[]>> = {
  meets_ai_definition: true,
  eu_nexus: ['provider_eu_market', 'deployer_in_eu'],
  exclusions: ['none'],
  roles: ['provider', 'deployer'],
  practices: ['none'],
  annex_i_act: 'none',
  annex_iii_points: ['none'],
  other_party_became_provider: false,
  placed_on_market_on: 'not_yet',
  interacts_with_persons: true,
  obviously_ai: false,
  generates_synthetic_content: false,
  emotion_or_biometric_categorisation: false,
  creates_deep_fakes: false,
  publishes_public_interest_text: false,
  law_enforcement_authorised: false,
};

const answers = Object.entries(talking).map(([fact, answer]) => ({ fact, answer: answerText(answer) }));
const fields = { outcomes: ['t-interaction'], answers };

/** The duties that follow, in the order of the law. */
export const owed = ['OB-4', 'OB-5', 'OB-50-1'] as const;

/** A duty with all that the register asks of it. */
export const kept = (item: string, changes: Partial<TraceRecord> = {}): TraceRecord => {
  const { fields, links, ...rest } = changes;
  const made = duty(item, item === 'OB-50-1' ? '2026-08-02' : '2025-02-02');
  return {
    ...made,
    ...rest,
    fields: { ...made.fields, ...fields },
    links: { ...home, metBy: [shownBy(item)], ...links },
  };
};

/** A class in law that leads to duties, and these records in the register. */
export const leading = (register: readonly TraceRecord[], world?: Made): Made =>
  having(register, changed('cla-1', { fields }, world));

/** The same of two uses. */
export const leadingTwice = (register: readonly TraceRecord[]): Made =>
  having(
    register,
    changed('cla-1-b', { links: { useCase: ['uc-1-b'] } }, pair('cla-1', { fields }, pair('uc-1'))),
  );

export const all = (but: readonly TraceRecord[] = []): TraceRecord[] => {
  const others = new Set(but.map(({ id }) => id));
  return [...owed.map((item) => kept(item)).filter(({ id }) => !others.has(id)), ...but];
};
