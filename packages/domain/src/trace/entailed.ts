import { type Entailed, entailedBy } from '../classification/entailed.ts';
import { classificationsOf } from './classes.ts';
import { approvedOf, type Context } from './context.ts';
import type { SystemFacts } from './system-facts.ts';
import { useCases } from './use-cases.ts';

const known = new WeakMap<SystemFacts, readonly Entailed[]>();

/**
 * The duties of law that the signed-off classes of the system lead to. The register is held against them one by one: law
 * binds by the class, not by what somebody wrote down. Worked out once per system, because every rule of law asks.
 */
export function entailed(c: Context): readonly Entailed[] {
  const before = known.get(c.system);
  if (before) return before;
  const signed = useCases(c)
    .flatMap((useCase) => classificationsOf(c, useCase, 'eu-ai-act'))
    .flatMap((record) => approvedOf(c, record) ?? []);
  const found = entailedBy(c.organisation.catalogue.euAiAct, signed, c.organisation.today);
  known.set(c.system, found);
  return found;
}
