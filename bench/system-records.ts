import { newId } from '@throughline/server/store/ids.ts';
import type { Planned } from './organisation.ts';
import type { Random } from './random.ts';
import type { Shared } from './shared-records.ts';

type Home = {
  readonly id: string;
  readonly number: number;
  readonly member: string;
  readonly shared: Shared;
};
type Fields = Planned['content']['fields'];
type Links = Planned['content']['links'];
type Add = (kind: string, fields: Fields, links?: Links, state?: string) => string;

const subjects = [
  'Claims',
  'Pricing',
  'Fraud',
  'Service',
  'Hiring',
  'Document',
  'Payment',
  'Network',
  'Lending',
  'Care',
];
const tasks = [
  'triage',
  'scoring',
  'routing',
  'summary',
  'detection',
  'forecast',
  'matching',
  'assistant',
  'reader',
  'ranking',
];
const units = [
  'Claims',
  'Underwriting',
  'Service',
  'Technology',
  'Finance',
  'People',
  'Legal',
  'Distribution',
  'Health',
  'Operations',
];
const stages = [
  'operation-monitoring',
  'operation-monitoring',
  'operation-monitoring',
  'deployment',
  'design-development',
  'inception',
  'retirement',
];
const levels = ['low', 'moderate', 'high', 'severe'];
const words =
  'ranks new cases for a handler who decides with the file at hand and may depart from the proposal at any time'.split(
    ' ',
  );

/** One system with everything that hangs on it: fifty records, one more or less. */
export function ownRecords(random: Random, home: Home): Planned[] {
  const planned: Planned[] = [];
  const add: Add = (kind, fields, links = {}, state) => {
    const id = kind === 'system' ? home.id : newId();
    planned.push({ id, kind, content: { fields, links }, system: home.id, ...(state ? { state } : {}) });
    return id;
  };
  const inSystem = { system: [home.id] };
  addSystem(random, home, add);
  const useCases = addUseCases(random, home, add);
  addRiskAndTreatment(random, home, add, useCases);
  const controls = random.some(home.shared.controls, 10);
  for (const control of controls) addControl(random, home, add, control);
  for (let n = 0; n < 2; n += 1)
    add(
      'monitor',
      { name: `Drift ${n + 1}`, owner: home.member, rhythm: 'daily' },
      { ...inSystem, control: [random.pick(controls)] },
    );
  add(
    'gate',
    {
      name: 'Release',
      type: 'deployment-approval',
      requestedBy: home.member,
      decidedOn: random.day(2023, 2025),
    },
    { ...inSystem, controls: random.some(controls, 2) },
  );
  add('notice', { name: 'Notice to customers', owner: home.member }, inSystem);
  addPeopleAndVersion(random, home, add);
  for (let n = 0; n < 2; n += 1)
    add('task', { name: sentence(random, 6), assignee: home.member, due: random.day(2026, 2027) }, inSystem);
  if (random.chance(0.3))
    add(
      'incident',
      { name: 'Wrong ranking seen', owner: home.member, occurredOn: random.day(2025, 2026) },
      inSystem,
    );
  return planned;
}

function addSystem(random: Random, { member, number, shared }: Home, add: Add): void {
  const name = `${random.pick(subjects)} ${random.pick(tasks)} ${number + 1}`;
  const fields = {
    name,
    purpose: sentence(random, 40),
    owner: member,
    unit: random.pick(units),
    inScope: 'yes',
    liveSince: random.day(2021, 2026),
    nextReview: random.day(2026, 2028),
  };
  const links = {
    usesModel: random.some(shared.models, 2),
    usesDataset: random.some(shared.datasets, 2),
  };
  add('system', fields, links, random.pick(stages));
}

function addUseCases(random: Random, { id, member }: Home, add: Add): string[] {
  return Array.from({ length: 1 + random.below(3) }, (_, n) => {
    const fields = {
      name: `Use ${n + 1} of ${sentence(random, 4)}`,
      purpose: sentence(random, 40),
      owner: member,
      autonomy: random.pick(['perception', 'recommendation', 'decision', 'action']),
    };
    const useCase = add('use-case', fields, { system: [id] });
    add(
      'classification',
      { name: 'EU AI Act', scheme: 'eu-ai-act', owner: member, classifiedOn: random.day(2025, 2026) },
      { useCase: [useCase] },
    );
    return useCase;
  });
}

function addRiskAndTreatment(
  random: Random,
  { id, member, shared }: Home,
  add: Add,
  useCases: readonly string[],
): void {
  const inSystem = { system: [id] };
  const assessment = add(
    'impact-assessment',
    {
      name: 'Impact assessment',
      owner: member,
      assessedOn: random.day(2025, 2026),
      nextReview: random.day(2026, 2027),
    },
    { ...inSystem, covers: [...useCases].sort() },
  );
  for (let n = 0; n < 5; n += 1) {
    const risk = add(
      'risk',
      { name: sentence(random, 7), owner: member, residualSociety: random.pick(levels) },
      { ...inSystem, carries: [assessment], useCases: [random.pick(useCases)] },
    );
    if (n < 3)
      add(
        'treatment',
        { name: sentence(random, 6), owner: member, due: random.day(2026, 2027) },
        { ...inSystem, risks: [risk], controls: random.some(shared.controls, 3) },
      );
  }
}

function addControl(random: Random, { id, member }: Home, add: Add, control: string): void {
  const inSystem = { system: [id] };
  const implementation = add(
    'implementation',
    { name: sentence(random, 5), owner: member, inPlaceSince: random.day(2023, 2025) },
    { ...inSystem, control: [control] },
  );
  const from = random.day(2024, 2025);
  const fields = {
    name: sentence(random, 6),
    type: 'report',
    owner: member,
    periodFrom: from,
    periodTo: random.day(2026, 2027),
    description: sentence(random, 30),
  };
  const evidence = add('evidence', fields, {
    ...inSystem,
    controls: [control],
    implementation: [implementation],
  });
  if (random.chance(0.5))
    add(
      'control-test',
      { name: sentence(random, 5), tester: member, testedOn: random.day(2025, 2026) },
      { ...inSystem, control: [control], evidence: [evidence] },
    );
  if (random.chance(0.2))
    add('evidence', { ...fields, name: sentence(random, 6) }, { ...inSystem, controls: [control] });
}

function addPeopleAndVersion(random: Random, { id, member, shared }: Home, add: Add): void {
  const inSystem = { system: [id] };
  for (const role of ['system-owner', 'engineering-lead'])
    add('role-assignment', { role, person: member, acceptedOn: random.day(2022, 2025) }, inSystem);
  add(
    'system-version',
    { name: `${1 + random.below(9)}.${random.below(20)}`, owner: member, liveFrom: random.day(2023, 2026) },
    { ...inSystem, containsModel: random.some(shared.models, 1) },
    'live',
  );
}

function sentence(random: Random, length: number): string {
  const picked = Array.from({ length }, () => random.pick(words)).join(' ');
  return picked.charAt(0).toUpperCase() + picked.slice(1);
}
