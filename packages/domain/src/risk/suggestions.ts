/**
 * What a risk assessment can begin from (6.1.2, Annex C): sources of risk, threats of the libraries that the facts of a
 * system make worth a look, and findings of its impact assessments. Suggestions judge nothing; what is suggested is made
 * a risk, or considered and left with a reason, in the run. Pure.
 */
import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { Json } from '../json.ts';
import { severities } from '../kinds/vocabulary/scales.ts';
import { isHarmful, isSignificant, numbered } from '../trace/assessments.ts';
import { cellSentence, cellText, listOf, type Row, rowsOf, textOf } from '../trace/read.ts';
import type { Considered, LeftInVain } from './answered.ts';
import type { Fields } from './criteria.ts';

type Threat = Catalogue['riskLibrary']['threats'][number];
export type ThreatFact = Threat['facts'][number];

/** A system with what it uses, as far as suggestions look at it. */
export type SystemParts = {
  readonly system: Fields;
  readonly useCases: readonly Fields[];
  readonly models: readonly Fields[];
  readonly datasets: readonly Fields[];
  /** How many suppliers stand behind it. */
  readonly suppliers: number;
};

const learned = ['language-model', 'image-or-video', 'speech-or-audio', 'multimodal', 'classifier'].concat([
  'regression',
  'ranking',
  'reinforcement-learning',
]);
const field = (fields: Fields, name: string): string => textOf({ fields, links: {} }, name) ?? '';

/** The facts that hold of a system, in the order of the library. */
export function factsOf({ system, useCases, models, datasets, suppliers }: SystemParts): Set<ThreatFact> {
  const types = models.map((model) => field(model, 'type'));
  const origins = models.map((model) => field(model, 'origin'));
  const holds: Readonly<Record<ThreatFact, boolean>> = {
    'language-model':
      types.some((type) => type === 'language-model' || type === 'multimodal') ||
      models.some((model) => field(model, 'generalPurpose') === 'yes'),
    'learned-model': types.some((type) => learned.includes(type)),
    'trained-here': origins.some((origin) => origin === 'own-training' || origin === 'fine-tuned'),
    'learns-in-use': field(system, 'learnsInUse') === 'yes',
    'acts-alone': useCases.some((use) => ['decision', 'action'].includes(field(use, 'autonomy'))),
    'personal-data': [...useCases, ...datasets].some((one) => field(one, 'personalData') === 'yes'),
    supplied:
      suppliers > 0 ||
      useCases.some((use) => ['bought', 'embedded', 'partner'].includes(field(use, 'sourcing'))),
  };
  return new Set(facts.filter((fact) => holds[fact]));
}

const facts: readonly ThreatFact[] = [
  'language-model',
  'learned-model',
  'trained-here',
  'learns-in-use',
  'acts-alone',
  'personal-data',
  'supplied',
];

/** One thing to consider in a run. */
export type Suggestion = {
  /** `C.3.1`, `LLM01:2026`, `AML.T0051`, `IA-31/4`. */
  readonly id: string;
  readonly from: 'annex-c' | Threat['list'] | 'impact';
  readonly title: string;
  readonly words: string;
  /** Facts of the system that led to it; none where every system has it. */
  readonly because: readonly ThreatFact[];
  /** Options of a risk that is made of it, in the words of the risk kind. */
  readonly sources: readonly string[];
  readonly objectives: readonly string[];
};

/** Ids of the catalogue have underscores, options of kinds have dashes. */
const option = (id: string): string => id.replaceAll('_', '-');

/** What the libraries suggest for a system of which these facts hold. */
export function suggestedBy(catalogue: Catalogue, held: ReadonlySet<ThreatFact>): Suggestion[] {
  const { risk_sources_annex_c: annexC } = catalogue.model;
  return [
    ...annexC.sources.map(({ id, ref, name, description }) => ({
      ...{ id: ref, from: 'annex-c' as const, title: name, words: description, because: [] },
      ...{ sources: [option(id)], objectives: [] },
    })),
    ...catalogue.riskLibrary.threats.flatMap((threat) => {
      const because = threat.facts.filter((fact) => held.has(fact));
      if (because.length === 0) return [];
      const { id, list, name, words } = threat;
      const parts = { sources: threat.sources.map(option), objectives: threat.objectives.map(option) };
      return [{ id, from: list, title: name, words, because, ...parts }];
    }),
  ];
}

const severityWords = (row: Row): string =>
  `Severity: ${severities.find(({ id }) => id === cellText(row, 'severity'))?.label ?? ''}`;

/** Significant harm that an assessment found: each goes into a risk, or is none for a reason (6.1.4). */
export function findingsOf(assessment: { readonly ref: string; readonly fields: Fields }): Suggestion[] {
  return numbered(rowsOf({ fields: assessment.fields, links: {} }, 'effects')).flatMap(({ number, row }) => {
    if (!isHarmful(row) || !isSignificant(row)) return [];
    const title = cellText(row, 'effect') ?? `Effect ${number}`;
    return [
      {
        ...{ id: `${assessment.ref}/${number}`, from: 'impact' as const, title },
        ...{ words: severityWords(row), because: [], sources: [], objectives: [] },
      },
    ];
  });
}

/** What a run says of each suggestion: its row names it in `from`. A row without an answer, or a no without a reason in a sentence, is no answer. */
export function consideredIn(run: Fields, suggestions: readonly Suggestion[]): Map<string, Considered> {
  return new Map(suggestions.map(({ id }) => [id, runSays(run, id)]));
}

/** The same of one suggestion: where several rows name it, the last one says it. */
export const runSays = (run: Fields, id: string): Considered =>
  standingOf(
    rowsOf({ fields: run, links: {} }, 'considered').findLast((row) => cellText(row, 'from') === id),
  );

function standingOf(row: Row | undefined): Considered {
  if (!row) return 'open';
  const answer = cellText(row, 'answer');
  if (answer === 'risk') return 'risk';
  return answer === 'no-risk' && cellSentence(row, 'reason') ? 'no-risk' : 'listed';
}

const askWords: Readonly<Record<LeftInVain, string>> = {
  'into-risk': 'the assessment says that it is carried into a risk',
  anew: 'it was approved or judged anew after the run left it',
};

/** Suggestions that keep a run from being finished, in words: at most so many by name. */
export function openWords(
  open: readonly (Pick<Suggestion, 'id' | 'title' | 'from'> & {
    readonly considered: Considered;
    readonly asks: LeftInVain | null;
  })[],
  most: number,
): string {
  const named = open.slice(0, most).map(({ id, title, from, considered, asks }) => {
    if (asks !== null && considered !== 'open') return `${id} (${title}: ${askWords[asks]})`;
    return from === 'impact' && considered === 'risk'
      ? `${id} (${title}: no risk carries it)`
      : `${id} (${title})`;
  });
  const more = open.length > most ? ` and ${open.length - most} more` : '';
  return `Not considered yet: ${named.join(', ')}${more}. Make each a risk, or say why it is none.`;
}

/** Whether a risk says that it was made of a suggestion: it names the threat, or carries the finding. */
export function isMadeOf(
  risk: { readonly fields: Fields; readonly carries: readonly string[] },
  suggestion: string,
): boolean {
  const names = (name: string): Json[] => listOf({ fields: risk.fields, links: {} }, name).map((one) => one);
  if (names('threats').includes(suggestion)) return true;
  const [assessment, number] = suggestion.split('/');
  return (
    number !== undefined &&
    risk.carries.includes(assessment ?? '') &&
    names('carriedEffects').some((one) => String(one).trim() === number)
  );
}

/**
 * Whether a risk that a run lists is the one it made of a source of Annex C: no risk names such a source as its own, for
 * many share one, so that the run's answer and the source together tell.
 */
export function isListedFor(
  risk: { readonly fields: Fields },
  { from, sources }: Pick<Suggestion, 'from' | 'sources'>,
): boolean {
  const named = listOf({ fields: risk.fields, links: {} }, 'sources');
  return from === 'annex-c' && sources.some((source) => named.includes(source));
}
