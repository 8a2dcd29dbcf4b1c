import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import { isAnswered } from './answered.ts';
import {
  consideredIn,
  factsOf,
  findingsOf,
  isListedFor,
  isMadeOf,
  openWords,
  type SystemParts,
  suggestedBy,
  type ThreatFact,
} from './suggestions.ts';

const catalogue = loadCatalogue();
const nothing: SystemParts = { system: {}, useCases: [], models: [], datasets: [], suppliers: 0 };
const facts = (parts: Partial<SystemParts>): ThreatFact[] => [...factsOf({ ...nothing, ...parts })];
const ids = (...held: ThreatFact[]) => suggestedBy(catalogue, new Set(held)).map(({ id }) => id);

test.each<[Partial<SystemParts>, ThreatFact[]]>([
  [{}, []],
  [{ models: [{ type: 'language-model' }] }, ['language-model', 'learned-model']],
  [{ models: [{ type: 'other', generalPurpose: 'yes' }] }, ['language-model']],
  [{ models: [{ type: 'rule-based' }] }, []],
  [{ models: [{ type: 'classifier', origin: 'own-training' }] }, ['learned-model', 'trained-here']],
  [{ system: { learnsInUse: 'yes' } }, ['learns-in-use']],
  [{ system: { learnsInUse: 'no' } }, []],
  [{ useCases: [{ autonomy: 'recommendation' }, { autonomy: 'action' }] }, ['acts-alone']],
  [{ datasets: [{ personalData: 'yes' }] }, ['personal-data']],
  [{ useCases: [{ personalData: 'yes', sourcing: 'bought' }] }, ['personal-data', 'supplied']],
  [{ suppliers: 2 }, ['supplied']],
])('of %j these facts hold: %j', (parts, held) => {
  expect(facts(parts)).toEqual(held);
});

test('sources of Annex C are suggested for every system, threats where a fact holds, with that fact', () => {
  const annexC = catalogue.model.risk_sources_annex_c.sources.map(({ ref }) => ref);
  expect(ids()).toEqual(annexC);
  expect(ids('language-model')).toEqual(expect.arrayContaining(['LLM01:2026', 'LLM10:2026', 'AML.T0051']));
  expect(ids('language-model')).not.toContain('ML02:2023');
  expect(ids('trained-here')).toContain('ML02:2023');
  const [agency] = suggestedBy(catalogue, new Set(['acts-alone'])).filter(({ id }) => id === 'LLM03:2026');
  expect(agency).toMatchObject({ because: ['acts-alone'], sources: ['automation-level'] });
});

test('what is suggested fills in options that the risk kind has', () => {
  const all = suggestedBy(catalogue, new Set(catalogue.riskLibrary.facts.map(({ id }) => id)));
  const { sources, objectives } = registry.get('risk').fields;
  const known = (of: typeof sources) => (of?.type === 'choices' ? of.options.map(({ id }) => id) : []);
  for (const one of all) {
    expect(known(sources)).toEqual(expect.arrayContaining([...one.sources]));
    expect(known(objectives)).toEqual(expect.arrayContaining([...one.objectives]));
  }
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test('serious and severe harm of an assessment is a finding, by its own number or its place', () => {
  const effects = [
    { polarity: 'harmful', severity: 'severe', effect: 'Turned away' },
    { polarity: 'harmful', severity: 'minor', effect: 'Waits' },
    { polarity: 'beneficial', severity: 'severe', effect: 'Seen sooner' },
    { polarity: 'harmful', severity: 'serious', number: 7 },
  ];
  expect(findingsOf({ ref: 'IA-31', fields: { effects } })).toMatchObject([
    { id: 'IA-31/1', from: 'impact', title: 'Turned away', words: 'Severity: Severe' },
    { id: 'IA-31/7', title: 'Effect 7' },
  ]);
  expect(findingsOf({ ref: 'IA-31', fields: {} })).toEqual([]);
  // A moderate harm that nothing undoes goes into a risk too; one that can be made good does not have to.
  const moderate = { number: 1, polarity: 'harmful', severity: 'moderate', effect: 'A record is lost' };
  const found = (reversibility: string) =>
    findingsOf({ ref: 'IA-31', fields: { effects: [{ ...moderate, reversibility }] } }).length;
  expect(['irreversible', 'partly-reversible', 'reversible'].map(found)).toEqual([1, 0, 0]);
});

test('a run answers by naming the suggestion; a no without a reason is no answer', () => {
  const suggestions = suggestedBy(catalogue, new Set(['learns-in-use']));
  const considered = [
    { finding: 'Opacity', from: 'C.3.2', answer: 'no-risk', reason: 'Rules alone decide' },
    { finding: 'Automation', from: 'C.3.3', answer: 'no-risk', reason: 'ok' },
    { finding: 'Learning', from: 'C.3.4', answer: 'risk' },
    { finding: 'Hardware', from: 'C.3.5' },
    { finding: 'Complexity of environment' },
  ];
  const found = consideredIn({ considered }, suggestions);
  expect(['C.3.1', 'C.3.2', 'C.3.3', 'C.3.4', 'C.3.5'].map((id) => found.get(id))).toEqual([
    'open',
    'no-risk',
    'listed',
    'risk',
    'listed',
  ]);
  expect([...consideredIn({}, suggestions).values()].every((one) => one === 'open')).toBe(true);
});

test('a risk is made of a threat that it names, and of a finding that it carries by its number', () => {
  const risk = { fields: { threats: ['LLM01:2026'], carriedEffects: ['4'] }, carries: ['IA-31'] };
  expect(isMadeOf(risk, 'LLM01:2026')).toBe(true);
  expect(isMadeOf(risk, 'LLM02:2026')).toBe(false);
  expect(isMadeOf(risk, 'IA-31/4')).toBe(true);
  expect(isMadeOf(risk, 'IA-31/14')).toBe(false);
  expect(isMadeOf(risk, 'IA-3/4')).toBe(false);
  expect(isMadeOf({ ...risk, carries: [] }, 'IA-31/4')).toBe(false);
});

test('an answer is a risk, a no with its reason, or a risk that names it; standing on the list is none', () => {
  const threat = { from: 'owasp-llm', risks: [], asks: null } as const;
  expect(isAnswered({ ...threat, considered: 'risk' })).toBe(true);
  expect(isAnswered({ ...threat, considered: 'no-risk' })).toBe(true);
  expect(isAnswered({ ...threat, considered: 'open', risks: ['risk-1'] })).toBe(true);
  expect(isAnswered({ ...threat, considered: 'listed' })).toBe(false);
  expect(isAnswered({ ...threat, considered: 'open' })).toBe(false);
});

test('a finding is a risk once one carries it, and is left where the assessment in force does not say otherwise', () => {
  const finding = { from: 'impact', risks: [], asks: null } as const;
  expect(isAnswered({ ...finding, considered: 'risk' })).toBe(false);
  expect(isAnswered({ ...finding, considered: 'risk', risks: ['risk-1'] })).toBe(true);
  expect(isAnswered({ ...finding, considered: 'no-risk' })).toBe(true);
  expect(isAnswered({ ...finding, considered: 'no-risk', asks: 'into-risk' })).toBe(false);
  expect(isAnswered({ ...finding, considered: 'no-risk', asks: 'anew' })).toBe(false);
  const words = openWords(
    [
      { ...finding, id: 'IA-1/1', title: 'Late help', considered: 'no-risk', asks: 'into-risk' },
      { ...finding, id: 'IA-1/2', title: 'No help', considered: 'risk' },
      { ...finding, id: 'IA-1/3', title: 'Wrong help', considered: 'open' },
    ],
    2,
  );
  expect(words).toBe(
    'Not considered yet: IA-1/1 (Late help: the assessment says that it is carried into a risk), IA-1/2 (No help: no risk carries it) and 1 more. Make each a risk, or say why it is none.',
  );
});

test('a risk on the list of a run is the one made of a source of Annex C where it names that source', () => {
  const source = { from: 'annex-c', sources: ['automation-level'] } as const;
  const risk = { fields: { sources: ['automation-level', 'hardware'] } };
  expect(isListedFor(risk, source)).toBe(true);
  expect(isListedFor({ fields: {} }, source)).toBe(false);
  expect(isListedFor(risk, { ...source, sources: ['technology-readiness'] })).toBe(false);
  // A threat is named by the risk itself.
  expect(isListedFor(risk, { ...source, from: 'owasp-llm' })).toBe(false);
});
