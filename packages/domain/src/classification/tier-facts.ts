/** What a decision table may ask of a use case: answers that have a closed list of values, so that holes can be found. */
import { isObject, type Json } from '../json.ts';
import { answerLabels, type Field, type Option } from '../kinds/fields.ts';
import { system } from '../kinds/system.ts';
import { useCase } from '../kinds/use-case.ts';
import { lawOutcomes } from '../kinds/vocabulary/law.ts';
import { notKnownText } from './answer-text.ts';

/** One thing that a table may ask. `many`: several of its values can hold at once. */
export type TierFact = {
  /** `use-case.autonomy`, `system.learnsInUse`, `law.outcomes`, or `own.` with the key of an own question. */
  readonly id: string;
  readonly label: string;
  readonly many: boolean;
  readonly values: readonly Option[];
};

/** Values by fact. A fact that is missing is not known, which is never read as no; an empty list says that none holds. */
export type TierAnswers = ReadonlyMap<string, readonly string[]>;

/** The law is not asked of this system: its overlay names no law with classes. */
export const lawNotAsked = 'not-asked';
export const lawFact = 'law.outcomes';
export const ownPrefix = 'own.';

const answerValues: readonly Option[] = (['yes', 'no', 'not-applicable'] as const).map((id) => ({
  id,
  label: answerLabels[id],
}));

function factOf(of: string, name: string, field: Field): TierFact[] {
  const named = { id: `${of}.${name}`, label: field.label };
  if (field.type === 'answer') return [{ ...named, many: false, values: answerValues }];
  if (field.type === 'choice') return [{ ...named, many: false, values: field.options }];
  return field.type === 'choices' ? [{ ...named, many: true, values: field.options }] : [];
}

/** Every fact that the registers hold, those of the use first. Own questions are added by the table that asks them. */
export const registerFacts: readonly TierFact[] = [
  ...Object.entries(useCase.fields).flatMap(([name, field]) => factOf('use-case', name, field)),
  ...Object.entries(system.fields).flatMap(([name, field]) => factOf('system', name, field)),
  {
    id: lawFact,
    label: 'Outcome under the EU AI Act',
    many: true,
    values: [
      { id: lawNotAsked, label: 'The law is not asked' },
      ...lawOutcomes.filter(({ id }) => id !== 'undetermined'),
    ],
  },
];

const byId = new Map(registerFacts.map((fact) => [fact.id, fact]));
export const registerFact = (id: string): TierFact | undefined => byId.get(id);

type Fields = Readonly<Record<string, Json | undefined>>;

/**
 * What the registers say of a use: its own fields, those of its system, and its outcome in law. What was not stated is
 * not known.
 * @param outcomes ids of the outcome in law that stands; `null` while the law is open, empty where it is not asked
 */
export function registeredAnswers(
  use: Fields,
  home: Fields,
  outcomes: readonly string[] | null,
): Map<string, readonly string[]> {
  const answers = new Map<string, readonly string[]>();
  for (const fact of registerFacts) {
    const [of, name = ''] = fact.id.split('.');
    if (fact.id === lawFact) continue;
    const said = valuesIn((of === 'system' ? home : use)[name], fact);
    if (said.length > 0) answers.set(fact.id, said);
  }
  if (outcomes !== null && !outcomes.includes('undetermined'))
    answers.set(lawFact, outcomes.length === 0 ? [lawNotAsked] : outcomes);
  return answers;
}

function valuesIn(value: Json | undefined, fact: TierFact): string[] {
  const said = Array.isArray(value) ? value : [value];
  return said.filter(
    (one): one is string => typeof one === 'string' && fact.values.some(({ id }) => id === one),
  );
}

/** Rows of `answers` as a classification keeps them, read back; what no fact of these takes is left out. */
export function answersInRows(
  facts: ReadonlyMap<string, TierFact>,
  rows: Json | undefined,
): Map<string, readonly string[]> {
  const answers = new Map<string, readonly string[]>();
  for (const row of Array.isArray(rows) ? rows : []) {
    if (!isObject(row) || typeof row.fact !== 'string') continue;
    const fact = facts.get(row.fact);
    const said = typeof row.answer === 'string' ? row.answer.split(',').map((one) => one.trim()) : [];
    const known = said.filter((one) => fact?.values.some(({ id }) => id === one));
    if (fact && (known.length > 0 || (fact.many && row.answer === noneSaid))) answers.set(fact.id, known);
  }
  return answers;
}

/** How "none of the list holds" is kept, so that it is told apart from no answer. */
export const noneSaid = 'none of the list';

/** Facts of kept answers to which it was said that nobody knows yet. For the table they are as open as without it. */
export const notKnownInRows = (rows: Json | undefined): ReadonlySet<string> =>
  new Set(
    (Array.isArray(rows) ? rows : []).flatMap((row) =>
      isObject(row) && typeof row.fact === 'string' && row.answer === notKnownText ? [row.fact] : [],
    ),
  );

export const answerRow = (fact: string, values: readonly string[]): { fact: string; answer: string } => ({
  fact,
  answer: values.length === 0 ? noneSaid : values.join(', '),
});
