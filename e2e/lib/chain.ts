import { addDays } from '@throughline/domain/day.ts';
import type { SuggestionsWire } from '@throughline/domain/wire-risk.ts';
import { wholeFields } from '../../packages/domain/test/impact/whole.ts';
import { comparedBut } from '../../packages/domain/test/risk/compared.ts';
import type { Acts, Made } from './acts.ts';

/** Three hands, for nobody approves what they wrote or tests what they own; and what the organisation set up once. */
export type House = {
  readonly author: Acts;
  readonly decider: Acts;
  readonly tester: Acts;
  readonly ids: { readonly author: string; readonly decider: string; readonly tester: string };
  readonly today: string;
  readonly method: Made;
  readonly criteria: Made;
  readonly controls: readonly (Made & { readonly title: string })[];
};

/** One use case of the inventory, the system that it belongs to, and what was made of it on the way. */
export type Chain = {
  readonly useCase: Made;
  readonly system: Made;
  readonly made: Map<string, Made>;
};

/** Answers of a deployer whose use is in none of the lists of the law. */
const minimalUse = {
  meets_ai_definition: true,
  eu_nexus: ['deployer_in_eu'],
  exclusions: ['none'],
  roles: ['deployer'],
  practices: ['none'],
  annex_i_act: 'none',
  annex_iii_points: ['none'],
  interacts_with_persons: false,
  emotion_or_biometric_categorisation: false,
  creates_deep_fakes: false,
  publishes_public_interest_text: false,
};

/** What a step before made of the use case, by its name. */
export const madeOf = (chain: Chain, name: string): Made => {
  const found = chain.made.get(name);
  if (!found) throw new Error(`${chain.useCase.ref} has no ${name} yet.`);
  return found;
};
const inAYear = (today: string): string => addDays(today, 330);

/** What every chain stands on: a method and criteria in force, and controls that systems put in place themselves. */
export async function setUpHouse(
  people: Pick<House, 'author' | 'decider' | 'tester' | 'ids' | 'today'>,
): Promise<House> {
  const { author, decider, ids } = people;
  const step = (name: string) => ({ step: name, meaning: `${name}, as the desks count it` });
  const cell = (likelihood: string, consequence: string, level: string) => ({
    likelihood,
    consequence,
    level,
  });
  const method = await author.make('documents', {
    name: 'How impact and risk are assessed',
    type: 'method',
    location: 'https://files.example/method',
    owner: ids.author,
  });
  const criteria = await author.make('risk-criteria', {
    name: 'Risk criteria',
    owner: ids.author,
    likelihoods: [step('Seldom'), step('Often')],
    consequences: [step('Mild'), step('Hard')],
    matrix: [
      cell('Seldom', 'Mild', 'low'),
      cell('Often', 'Mild', 'moderate'),
      cell('Seldom', 'Hard', 'moderate'),
      cell('Often', 'Hard', 'high'),
    ],
    thresholds: [{ level: 'moderate' }],
    appetite: 'Harm to health is never borne for profit.',
  });
  await decider.decide('documents', method.id, 'approve');
  await decider.decide('risk-criteria', criteria.id, 'approve');
  const limit = { dimension: 'residual_risk', level: 'severe', holder: { role: 'top-management' } };
  const alone = 'There is one administrator so far.';
  await author.put('/authority', { grants: [{ ...limit, delegate: null, until: null }], reason: alone });
  await author.post('/soa/controls', {});
  const adopted = await author.list('/controls?limit=100');
  const controls = adopted.filter(({ fields }) => ['A.6.2.6', 'A.9.2'].includes(String(fields.code)));
  for (const { id } of controls)
    await author.edit('controls', id, { owner: ids.author, implementedAt: 'system' });
  return { ...people, method, criteria, controls };
}

/** The system gets an owner and its law; use, limits, autonomy and roles are stated; another person approves the use. */
export async function approveUse({ author, decider, ids, today }: House, { useCase, system }: Chain) {
  await author.edit('systems', system.id, {
    owner: ids.author,
    markets: ['Ireland'],
    legalOverlay: ['eu-ai-act'],
  });
  await author.edit('use-cases', useCase.id, {
    owner: ids.author,
    purpose: 'What the inventory says of it.',
    context: 'In the offices of the agency, beside its files.',
    users: 'Officers who were trained for it',
    affectedPersons: 'Whoever the officers deal with',
    foreseeableMisuse: 'Its answer is taken for a decision.',
    prohibitedUses: 'Deciding about a person without an officer.',
    autonomy: 'recommendation',
    organisationRoles: ['customer'],
    lawRoles: ['deployer'],
    instructionsFollowed: 'yes',
    instructionMeasures: 'The instructions of its maker hang beside each desk.',
    nextReview: inAYear(today),
  });
  await decider.decide('use-cases', useCase.id, 'approve');
}

/** A class under the law by the interview and a tier of the house, both made final and signed off by another person. */
export async function classify({ author, decider, ids, today }: House, chain: Chain) {
  const links = { useCase: [chain.useCase.id] };
  const common = { owner: ids.author, classifiedOn: today, nextValidation: addDays(today, 150) };
  const inLaw = await author.make(
    'classifications',
    { name: 'Class under the EU AI Act', scheme: 'eu-ai-act', ...common },
    links,
  );
  await author.put(`/classifications/${inLaw.id}/interview`, { answers: minimalUse, notes: {} }, 1);
  const tier = await author.make(
    'classifications',
    { name: 'Tier of the house', scheme: 'own-tier', tier: 'moderate', ...common },
    links,
  );
  for (const { id } of [inLaw, tier]) {
    await author.step('classifications', id, 'conclude');
    await decider.decide('classifications', id, 'approve');
  }
  chain.made.set('class', inLaw);
}

/** A whole assessment with two significant findings, completed, and approved by another person. */
export async function assessImpact({ author, decider, ids, today, method }: House, chain: Chain) {
  const { system, useCase } = chain;
  const assessment = await author.make(
    'impact-assessments',
    {
      ...wholeFields,
      ...{ owner: ids.author, privacyOwner: ids.author, securityOwner: ids.author },
      ...{ assessedOn: today, nextReview: inAYear(today) },
    },
    { system: [system.id], covers: [useCase.id], method: [method.id] },
  );
  await author.step('impact-assessments', assessment.id, 'complete');
  await decider.decide('impact-assessments', assessment.id, 'approve');
  chain.made.set('assessment', assessment);
}

async function rate({ author, today }: House, risk: Made, point: string, likelihood: string) {
  const { version } = await author.read('risks', risk.id);
  const consequences = { organisation: 'Mild', individuals: 'Hard', society: 'Mild' };
  await author.put(
    `/risks/${risk.id}/rating`,
    { point, likelihood, consequences, assessedOn: today },
    version,
  );
}

/** Both findings are carried into one risk, rated by the criteria in force in a dated run. */
export async function assessRisk(house: House, chain: Chain) {
  const { author, ids, today, method, criteria } = house;
  const system = [chain.system.id];
  const risk = await author.make(
    'risks',
    {
      name: 'Some people wait longer than others',
      event: 'The order puts people of one group last.',
      owner: ids.decider,
      protects: ['health', 'safety', 'fundamental-rights'],
      carriedEffects: ['1', '2'],
    },
    { system, useCases: [chain.useCase.id], carries: [madeOf(chain, 'assessment').id] },
  );
  await rate(house, risk, 'current', 'Often');
  await author.step('risks', risk.id, 'assess');
  const run = await author.make(
    'risk-assessments',
    {
      name: 'Risks before its review',
      trigger: 'planned',
      owner: ids.author,
      participants: [{ person: ids.author }, { person: ids.decider }],
      heldOn: today,
      nextRun: inAYear(today),
      considered: [{ finding: 'Two effects of the impact assessment', answer: 'risk' }],
      result: 'One risk, above what is borne without treatment.',
    },
    { system, method: [method.id], criteria: [criteria.id], risks: [risk.id] },
  );
  // Annex C and what the facts of the system suggest: each is a risk, or none for a reason.
  const suggested = (await author.get(`/risk-assessments/${run.id}/suggestions`)) as SuggestionsWire;
  const rest = suggested.suggestions.filter(({ risks }) => risks.length === 0);
  await author.edit('risk-assessments', run.id, {
    considered: [
      { finding: 'Two effects of the impact assessment', answer: 'risk' },
      ...rest.map(({ id, title }) => ({
        ...{ finding: title, from: id, answer: 'no-risk' },
        reason: 'Nothing of it beyond the risk that stands',
      })),
    ],
  });
  await author.step('risk-assessments', run.id, 'finish');
  chain.made.set('risk', risk);
}

/** A plan with an action, its owner and day, and the controls it calls for; approved, then begun. */
export async function treat({ author, decider, ids, today, controls }: House, chain: Chain) {
  const due = addDays(today, 90);
  const risk = madeOf(chain, 'risk');
  const plan = await author.make(
    'treatments',
    {
      name: 'A person looks at whoever waits',
      option: ['reduce-likelihood'],
      owner: ids.author,
      rationale: 'The order errs; a person sees it.',
      expectedLevel: 'moderate',
      due,
      actions: [actionOf(ids.author, due)],
      compared: comparedBut('A.6.2.6', 'A.9.2'),
    },
    { system: [chain.system.id], risks: [risk.id], controls: controls.map(({ id }) => id) },
  );
  await decider.decide('treatments', plan.id, 'approve');
  await author.step('treatments', plan.id, 'start');
  chain.made.set('plan', plan);
  await author.step('risks', risk.id, 'treat');
}

const actionOf = (owner: string, due: string) => {
  const action = 'Name who looks, and when';
  return { action, owner, due, firstDue: due };
};

/** The plan is done; what remains is rated, with why it can be borne and for how long. */
export async function rateRemaining(house: House, chain: Chain) {
  const risk = madeOf(chain, 'risk');
  const plan = madeOf(chain, 'plan');
  const { ids, today } = house;
  const done = {
    actions: [{ ...actionOf(ids.author, addDays(today, 90)), doneOn: today }],
    ...{ results: 'A person looks at whoever waits longest.', doneOn: today },
  };
  await house.author.edit('treatments', plan.id, done);
  await house.author.step('treatments', plan.id, 'finish');
  await rate(house, risk, 'residual', 'Seldom');
  await house.author.edit('risks', risk.id, {
    acceptanceType: 'lasting',
    acceptanceReason: 'Each order is looked at by a person.',
    acceptanceUntil: inAYear(house.today),
  });
}

/** It is accepted by somebody with the authority for its level, and borne. */
export async function acceptRemaining({ author, decider }: House, chain: Chain) {
  const risk = madeOf(chain, 'risk');
  await decider.decide('risks', risk.id, 'approve');
  await author.step('risks', risk.id, 'bear');
}

/** The controls that the treatments call for are decided on once for all systems, and approved. */
export async function decideControls({ author, decider, ids, today, controls }: House) {
  for (const { id, title } of controls) {
    const line = await author.make(
      'applicability',
      {
        name: title,
        decision: 'applicable',
        reasons: ['treatment'],
        justification: 'The treatments of ten systems call for it.',
        owner: ids.author,
        decidedOn: today,
      },
      { control: [id] },
    );
    await decider.decide('applicability', line.id, 'approve');
  }
}

/** Each control is put in place on the system. */
export async function putInPlace({ author, ids, today, controls }: House, chain: Chain) {
  for (const { id, title } of controls) {
    const place = await author.make(
      'implementations',
      {
        name: `${title}, on this system`,
        howItWorks: 'The desk lists each case that was looked at, every week.',
        owner: ids.author,
        inPlaceSince: today,
        occurrences: 'yearly',
      },
      { system: [chain.system.id], control: [id] },
    );
    await author.step('implementations', place.id, 'complete');
    chain.made.set(`place/${id}`, place);
  }
}

/** Each control has evidence for its period, and is tested on a sample by somebody who owns neither side. */
export async function testControls({ author, tester, ids, today, controls }: House, chain: Chain) {
  for (const { id, title } of controls) {
    const at = {
      system: [chain.system.id],
      implementation: [madeOf(chain, `place/${id}`).id],
    };
    const seen = await author.make(
      'evidence',
      {
        name: 'List of the desk',
        type: 'log',
        origin: 'The desk',
        integrity: 'matches',
        checkedAt: new Date().toISOString(),
        file: await author.keep('desk.txt', 'Seen on Monday: 4 cases, each looked at.'),
        periodFrom: today,
        periodTo: today,
        keepUntil: addDays(today, 3650),
      },
      { ...at, controls: [id] },
    );
    const tested = await tester.make(
      'control-tests',
      {
        name: `Test of ${title}`,
        subject: 'both',
        criterion: 'Each case on the list was looked at before it was answered.',
        method: 'Two cases of the list, held against what happened.',
        sample: 'The first and the last case of the list.',
        populationSize: 4,
        sampleSize: 2,
        deviations: 0,
        result: 'Both were looked at before they were answered.',
        conclusion: 'effective',
        tester: ids.tester,
        ownerTested: ids.author,
        testedOn: today,
        nextTest: inAYear(today),
      },
      { ...at, control: [id], evidence: [seen.id] },
    );
    await tester.step('control-tests', tested.id, 'conclude');
  }
}
