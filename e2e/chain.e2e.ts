import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SentenceWire, TraceWire } from '@throughline/domain/wire.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actsOf } from './lib/acts.ts';
import { apiOf } from './lib/api.ts';
import {
  acceptRemaining,
  approveUse,
  assessImpact,
  assessRisk,
  type Chain,
  classify,
  decideControls,
  type House,
  madeOf,
  putInPlace,
  rateRemaining,
  setUpHouse,
  testControls,
  treat,
} from './lib/chain.ts';
import { setUp, today } from './lib/first-run.ts';
import { invited } from './lib/people.ts';
import { firstRowsOf, inventory, WITHOUT_INVENTORY } from './lib/samples.ts';
import { openVisit, type Visit } from './lib/visit.ts';

/**
 * Ten live use cases of the real inventory, from the use to the tested control (6.1.1 to 6.1.4, 8.2 to 8.4). After each
 * step every gap of every system is held against those before: what closed, what opened, and nothing else. What the
 * server says of the line is read where people read it, in the register and on the page of a system.
 */
let visit: Visit;
let house: House;
let deciding: Page;
const chains: Chain[] = [];
/** The gaps that stood before the step, of each system. */
let before: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  if (!inventory.present) return console.warn(WITHOUT_INVENTORY);
  visit = await openVisit();
  const { context, server, browser } = visit;
  await setUp(context, server.signInLink);
  const admin = { context, address: server.address };
  const riskOfficer = { name: 'Chief risk officer', roles: ['top-management', 'risk-owner'] };
  const risk = await invited(browser, admin, riskOfficer);
  const tester = await invited(browser, admin, { name: 'Control tester', roles: ['internal-auditor'] });
  deciding = risk.page;
  const api = apiOf(context, server.address);
  const path = join(server.dataDir, 'inventory.csv');
  writeFileSync(path, firstRowsOf(inventory.path, 120));
  await api.apply(await api.read(path, 'use-case'));
  const author = actsOf(context, server.address);
  const { member } = await (await api.get('/session')).json();
  house = await setUpHouse({
    author,
    decider: actsOf(risk.context, server.address),
    tester: actsOf(tester.context, server.address),
    ids: { author: member.id, decider: risk.id, tester: tester.id },
    today: today(),
  });
  for (const system of await author.list('/systems?limit=10&state=operation-monitoring')) {
    const [useCase] = await author.list(`/use-cases?limit=1&system=${system.id}`);
    if (useCase) chains.push({ useCase, system, made: new Map() });
  }
  before = await gapsOfAll();
}, 240_000);
afterAll(() => visit?.close());

/** Refs without their numbers and days without the day, so that ten systems say the same. */
const said = (sentence: SentenceWire): string =>
  sentence
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('ref' in part) return part.ref.ref.replace(/-\d+$/, '');
      return 'day' in part ? 'DAY' : part.name;
    })
    .join('');

async function gapsOfAll(): Promise<ReadonlyMap<string, readonly string[]>> {
  const traces = chains.map(({ system }) => house.author.get(`/systems/${system.ref}/trace`));
  return new Map(
    (await Promise.all(traces)).map((answer) => {
      const { system, stations } = answer as TraceWire;
      const all = stations.flatMap(({ id, gaps }) =>
        gaps.map(({ rule, sentence }) => `${id} ${rule}: ${said(sentence)}`),
      );
      return [system.ref, all];
    }),
  );
}

type Turned = { readonly closed: readonly string[]; readonly opened: readonly string[] };

/** What closed and opened since the last question, of each system. */
async function turned(): Promise<ReadonlyMap<string, Turned>> {
  const now = await gapsOfAll();
  const found = [...now].map(([ref, gaps]): [string, Turned] => {
    const known = before.get(ref) ?? [];
    return [
      ref,
      {
        closed: known.filter((gap) => !gaps.includes(gap)),
        opened: gaps.filter((gap) => !known.includes(gap)),
      },
    ];
  });
  before = now;
  return new Map(found);
}

const unchanged: Turned = { closed: [], opened: [] };
const alike = (change: Turned, of = chains) =>
  new Map(
    chains.map(({ system }) => [system.ref, of.some((one) => one.system === system) ? change : unchanged]),
  );

/** What the register says of the ten lines, once it says it of all. */
async function linesInRegister(): Promise<string[]> {
  await visit.go(`/systems?owner=${house.ids.author}`);
  const lines = visit.page.getByRole('grid').getByRole('img', { name: / hold;/ });
  await expect.poll(() => lines.count()).toBe(chains.length);
  return lines.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
}

/**
 * In the register ten lines hold at the stations named or have gaps there; other stations are other people's work. A line
 * is worked out behind the register, so it is opened again until it says so.
 */
async function expectStations({
  holds = [],
  gaps = [],
}: {
  holds?: string[];
  gaps?: string[];
}): Promise<void> {
  const wrong = async (): Promise<string[]> =>
    (await linesInRegister()).filter(
      (line) => gaps.some((one) => !line.includes(one)) || holds.some((one) => line.includes(one)),
    );
  await expect.poll(wrong, behind).toEqual([]);
}
const behind = { timeout: 30_000, interval: 500 };

const all = async (act: (house: House, chain: Chain) => Promise<void>): Promise<void> => {
  await Promise.all(chains.map((chain) => act(house, chain)));
};
const long = { timeout: 120_000 };
const real = test.skipIf(!inventory.present);

real('ten live use cases of the inventory begin with a gap at every station of the chain', long, async () => {
  expect(chains).toHaveLength(10);
  for (const gaps of before.values())
    for (const rule of [
      'use-cases UC2',
      'classification CL2',
      'impact IM1',
      'risk RI2',
      'controls CO1',
      'evidence EV1',
    ])
      expect(gaps.some((gap) => gap.startsWith(rule))).toBe(true);
});

const impactMissing = 'impact IM1: UC has no impact assessment. The system is live since DAY.';
const noAssessment =
  'risk RI2: SYS has no impact assessment in force, so no finding can be carried into a risk.';

real('the use: stated and approved by another; the law that was named asks for a class', long, async () => {
  await all(approveUse);
  for (const { closed, opened } of (await turned()).values()) {
    const own = closed.filter((gap) => gap.startsWith('use-cases'));
    expect(own.map((gap) => gap.slice(0, 13))).toEqual(['use-cases UC1', 'use-cases UC2', 'use-cases UC3']);
    expect(opened).toContain('classification CL1: UC has no class under the EU AI Act.');
  }
  await expectStations({ holds: ['4 use cases'], gaps: ['6 classification'] });
});

real('the class: in law by the interview, of the house by its tier, both signed off', long, async () => {
  await all(classify);
  const closed = [
    'classification CL1: UC has no class under the EU AI Act.',
    'classification CL2: UC has no tier of your own.',
  ];
  expect(await turned()).toEqual(alike({ closed, opened: [] }));
  await expectStations({ holds: ['6 classification'], gaps: ['7 impact assessment'] });
});

real('the impact: approved, it holds, and its findings ask to be carried on', long, async () => {
  await all(assessImpact);
  expect(await turned()).toEqual(
    alike({
      closed: [impactMissing, noAssessment],
      opened: ['risk RI2: 2 findings of IA are carried into no risk.'],
    }),
  );
  await expectStations({ holds: ['7 impact assessment'], gaps: ['8 risk'] });
});

real(
  'the risk: found in a dated run, rated by the criteria, above what is borne untreated',
  long,
  async () => {
    await all(assessRisk);
    expect(await turned()).toEqual(
      alike({
        closed: [
          'risk RI1: No dated run of the risk assessment is on record for SYS.',
          'risk RI2: 2 findings of IA are carried into no risk.',
          'controls CO1: No risk of SYS is on record, so nothing shows which controls it needs.',
        ],
        opened: ['risk RI4: RSK stands above the threshold and has no treatment plan.'],
      }),
    );
    await expectStations({ gaps: ['8 risk'] });
  },
);

real('the treatment: approved, it calls for controls on which nobody decided', long, async () => {
  await all(treat);
  expect(await turned()).toEqual(
    alike({
      closed: ['risk RI4: RSK stands above the threshold and has no treatment plan.'],
      opened: ['controls CO1: Called for and not decided in the Statement of Applicability: CTL and CTL.'],
    }),
  );
  await expectStations({ holds: ['8 risk'], gaps: ['9 controls'] });
});

real('what remains: rated, it waits for somebody with the authority, who accepts it', long, async () => {
  await all(rateRemaining);
  const waiting = ['risk RI5: Nobody accepted what remains of RSK.'];
  expect(await turned()).toEqual(alike({ closed: [], opened: waiting }));
  await all(acceptRemaining);
  expect(await turned()).toEqual(alike({ closed: waiting, opened: [] }));
  await expectStations({ holds: ['8 risk'], gaps: ['9 controls'] });
});

real(
  'the Statement of Applicability: decided once, it answers all ten and asks each for its own',
  long,
  async () => {
    await decideControls(house);
    expect(await turned()).toEqual(
      alike({
        closed: [
          'controls CO1: Called for and not decided in the Statement of Applicability: CTL and CTL.',
          'controls CO3: The Statement of Applicability has no applicable control, so SYS shows none.',
        ],
        opened: ['controls CO3: CTL and CTL are applicable and not put in place on SYS.'],
      }),
    );
  },
);

real('the control: in place on each system, it asks for evidence and a test', long, async () => {
  await all(putInPlace);
  expect(await turned()).toEqual(
    alike({
      closed: [
        'controls CO3: CTL and CTL are applicable and not put in place on SYS.',
        'evidence EV1: No control is in place on SYS, so there is nothing to prove.',
      ],
      opened: [
        'evidence EV1: IMP and IMP have no evidence for any period.',
        'evidence EV4: IMP and IMP have no effective test by somebody who owns neither side.',
      ],
    }),
  );
  await expectStations({ holds: ['9 controls'], gaps: ['13 evidence'] });
});

real(
  'the test: by somebody who owns neither side, on a sample, and the chain holds to its end',
  long,
  async () => {
    await all(testControls);
    expect(await turned()).toEqual(
      alike({
        closed: [
          'evidence EV1: IMP and IMP have no evidence for any period.',
          'evidence EV4: IMP and IMP have no effective test by somebody who owns neither side.',
        ],
        opened: [],
      }),
    );
    await expectStations({
      holds: ['4 use cases', '6 classification', '7 impact', '8 risk', '9 controls', '13 evidence'],
    });
  },
);

/** As whoever approved it does it: by the button of the record's page, with a reason. */
async function withdrawOnPage(path: string, reason: string): Promise<void> {
  await deciding.goto(`${visit.server.address}${path}`);
  await deciding.getByRole('button', { name: 'Withdraw', exact: true }).first().click();
  const dialog = deciding.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await deciding
    .getByText(/withdrawn by Chief risk officer/)
    .first()
    .waitFor();
}

real('an assessment withdrawn: what stood on it falls, on its own line alone', long, async () => {
  const [chain] = chains;
  if (!chain) throw new Error('There is no chain.');
  await withdrawOnPage(`/impact-assessments/${madeOf(chain, 'assessment').ref}`, 'Nobody was asked.');
  const opened = ['impact IM1: IA is no longer approved.', noAssessment];
  expect(await turned()).toEqual(alike({ closed: [], opened }, [chain]));
  const falls = async (): Promise<boolean[]> =>
    (await linesInRegister()).map((line) => line.includes('7 impact assessment, 8 risk'));
  await expect.poll(falls, behind).toEqual(chains.map((one) => one === chain));
  for (const line of (await linesInRegister()).slice(1))
    expect(line).not.toMatch(/7 impact assessment|8 risk/);
  await visit.go(`/systems/${chain.system.ref}`);
  await visit.page
    .getByText(/is no longer approved/)
    .first()
    .waitFor();
});

real('a use withdrawn: its own approval falls, and nothing of the other nine', long, async () => {
  const chain = chains[1];
  if (!chain) throw new Error('There is no second chain.');
  await withdrawOnPage(`/use-cases/${chain.useCase.ref}`, 'It is used for more than was said.');
  const opened = ['use-cases UC2: The approval of UC was withdrawn.'];
  expect(await turned()).toEqual(alike({ closed: [], opened }, [chain]));
});

real(
  'the criteria withdrawn: what all ten were rated by is gone, until that is taken back',
  long,
  async () => {
    const [criteria] = await house.author.list('/risk-criteria?limit=1');
    await withdrawOnPage(`/risk-criteria/${criteria?.ref}`, 'The scales were never tried.');
    const gone = 'risk RI6: RSK was rated by criteria that are no longer in force, and no others are.';
    expect(await turned()).toEqual(alike({ closed: [], opened: [gone] }));
    await house.decider.decide('risk-criteria', criteria?.id ?? '', 'reinstate');
    expect(await turned()).toEqual(alike({ closed: [gone], opened: [] }));
  },
);

/** Each withdrawal is of another chain, so that no fall hides another. */
const chainAt = (at: number): Chain => {
  const chain = chains[at];
  if (!chain) throw new Error(`There is no chain ${at}.`);
  return chain;
};

real('a class withdrawn: it is signed off by nobody, and nothing of the other nine falls', long, async () => {
  const chain = chainAt(2);
  await withdrawOnPage(`/classifications/${madeOf(chain, 'class').ref}`, 'An answer was guessed.');
  const opened = ['classification CL5: CLS is not signed off.'];
  expect(await turned()).toEqual(alike({ closed: [], opened }, [chain]));
});

real('a plan withdrawn: it stands unapproved, and what was accepted on it falls', long, async () => {
  const chain = chainAt(3);
  await withdrawOnPage(`/treatments/${madeOf(chain, 'plan').ref}`, 'The measure was never ordered.');
  const opened = [
    'risk RI4: TRT is not approved.',
    'risk RI5: RSK was accepted on treatment that is not approved: TRT.',
  ];
  expect(await turned()).toEqual(alike({ closed: [], opened }, [chain]));
});

real('an acceptance withdrawn: its risk is borne by nobody', long, async () => {
  const chain = chainAt(4);
  await withdrawOnPage(`/risks/${madeOf(chain, 'risk').ref}`, 'Too much is borne.');
  const opened = ['risk RI5: The acceptance of RSK was withdrawn.'];
  expect(await turned()).toEqual(alike({ closed: [], opened }, [chain]));
});

real('a line of the statement withdrawn: all ten ask for it again, and nothing else', long, async () => {
  const [line] = await house.author.list('/applicability?limit=1');
  await withdrawOnPage(`/applicability/${line?.ref}`, 'Another reason is meant.');
  const undecided =
    'controls CO1: CTL is called for, and the decision in the Statement of Applicability is not approved.';
  expect(await turned()).toEqual(alike({ closed: [], opened: [undecided] }));
});
