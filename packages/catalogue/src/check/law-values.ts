import type { CatalogueProblem } from '../errors.ts';
import type { Catalogue, Expression, LawFact } from '../types.ts';

type Mention = { readonly path: string; readonly fact: string; readonly value: string };

/** Values that an expression compares a fact with. */
function mentions(path: string, expression: Expression): Mention[] {
  const of = ([fact, values]: readonly [string, string | readonly string[]]) =>
    (typeof values === 'string' ? [values] : values).map((value) => ({ path, fact, value }));
  if ('all' in expression) return expression.all.flatMap((child) => mentions(path, child));
  if ('any' in expression) return expression.any.flatMap((child) => mentions(path, child));
  if ('not' in expression) return mentions(path, expression.not);
  if ('has' in expression) return of(expression.has);
  if ('any_of' in expression) return of(expression.any_of);
  if ('any_except' in expression) return of(expression.any_except);
  if ('any_of_enum' in expression) return of(expression.any_of_enum);
  return [];
}

function allMentions({ euAiAct: law }: Catalogue): Mention[] {
  return [
    ...law.facts.flatMap((f) =>
      f.required === 'always' ? [] : mentions(`facts.${f.id}.required`, f.required.when),
    ),
    ...law.input_checks.flatMap((c) =>
      'invalid_when' in c ? mentions(`input_checks.${c.id}`, c.invalid_when) : [],
    ),
    ...law.rules.flatMap((r) => mentions(`rules.${r.id}.when`, r.when)),
    ...Object.entries(law.conditions).flatMap(([id, when]) => mentions(`conditions.${id}`, when)),
    ...law.legacy_effect.rules.flatMap((r) => mentions(`legacy_effect.${r.id}.when`, r.when)),
    ...law.test_cases.flatMap((t) =>
      Object.entries(t.facts).flatMap(([fact, given]) =>
        (Array.isArray(given) ? given : [given])
          .filter((value) => typeof value === 'string')
          .map((value) => ({ path: `test_cases.${t.id}.facts`, fact, value })),
      ),
    ),
  ];
}

/** The values a fact may take: its own list, or the points of Annex III and what stands beside them. */
export function factValues({ euAiAct }: Catalogue, fact: LawFact): readonly string[] {
  const points = fact.values_from === undefined ? [] : euAiAct.annex_iii.map((point) => point.id);
  return [...(fact.values ?? []), ...points, ...(fact.values_also ?? [])];
}

/** Choices that no answer could ever match: a rule with one would be silently dead. */
export function lawValueProblems(catalogue: Catalogue): CatalogueProblem[] {
  const choices = catalogue.euAiAct.facts.filter((f) => f.type === 'enum' || f.type === 'multi');
  const allowed = new Map(choices.map((f) => [f.id, new Set(factValues(catalogue, f))]));
  return allMentions(catalogue)
    .filter(({ fact, value }) => allowed.get(fact)?.has(value) === false)
    .map(({ path, fact, value }) => ({
      file: 'eu-ai-act.yaml',
      path,
      message: `${value} is no value of ${fact}`,
    }));
}
