import { describe, expect, test } from 'vitest';
import { wholeEffects, wholeFields } from '../../test/impact/whole.ts';
import type { Actor } from '../actor.ts';
import type { Json } from '../json.ts';
import { registry } from './all.ts';
import { decideEdit, emptyContent } from './edit.ts';
import { refuseFixed } from './fixed.ts';
import type { Content } from './kind.ts';
import { outliving } from './outliving.ts';
import { linkPatch, minimalFields, sampleLinks, someId, targetsFor } from './testing.ts';
import { transitionObstacle } from './transition.ts';

const now = '2026-11-02T09:00:00.000Z';
const [anna, ben] = [someId(), someId()];
const by = (member: string): Actor => ({ type: 'person', member, roles: ['aims-manager'] });

/** A record of a kind with what it needs and these fields. */
function made(name: string, fields: Readonly<Record<string, unknown>>): Content {
  const kind = registry.get(name);
  const links = sampleLinks(kind, 'required');
  const patch = {
    byAct: true as const,
    fields: { ...minimalFields(kind), ...fields },
    links: linkPatch(links),
  };
  return decideEdit(kind, emptyContent, patch, targetsFor(kind, links)).next;
}

function edited(name: string, before: Content, fields: Readonly<Record<string, unknown>>) {
  return decideEdit(registry.get(name), before, { byAct: true, fields }, new Map());
}

function undone(name: string, before: Content, fields: Readonly<Record<string, unknown>>) {
  return decideEdit(registry.get(name), before, { undoing: true, fields }, new Map());
}

function obstacle(name: string, step: string, state: string, content: Content, actor = by(ben)) {
  const subject = { state, content, approval: 'stands' as const };
  return transitionObstacle(registry.get(name), step, subject, actor, now);
}

describe('risk', () => {
  const rated = made('risk', {
    currentOrganisation: 'low',
    currentIndividuals: 'high',
    currentSociety: 'moderate',
  });

  test('the level is the worst of the three', () => {
    expect(rated.fields.currentLevel).toBe('high');
    expect(rated.fields).not.toHaveProperty('inherentLevel');
    expect(edited('risk', rated, { currentSociety: 'severe' }).next.fields.currentLevel).toBe('severe');
    expect(edited('risk', rated, { currentIndividuals: null }).next.fields.currentLevel).toBe('moderate');
  });

  test('the level goes when nothing is rated any more', () => {
    const cleared = { currentOrganisation: null, currentIndividuals: null, currentSociety: null };
    expect(edited('risk', rated, cleared).next.fields).not.toHaveProperty('currentLevel');
  });

  test('the level cannot be set past the ratings', () => {
    expect(() => edited('risk', rated, { currentLevel: 'low' })).toThrow(/worked out/);
  });

  test('a changed rating or a moved end of acceptance is significant, so the acceptance given falls', () => {
    expect(edited('risk', rated, { residualSociety: 'low' }).material).toEqual([
      'residualLevel',
      'residualSociety',
    ]);
    expect(edited('risk', rated, { acceptanceUntil: '2027' }).material).toEqual(['acceptanceUntil']);
    expect(edited('risk', rated, { reviewedOn: '2026-11-01' }).material).toEqual([]);
  });
});

describe('role assignment', () => {
  const kind = 'role-assignment';

  test('without a title it is called by its role, and follows it', () => {
    const role = made(kind, { role: 'system-owner' });
    expect(role.fields.name).toBe('AI system owner');
    expect(edited(kind, role, { role: 'data-steward' }).next.fields.name).toBe('Data steward');
  });

  test('a title of one’s own stays', () => {
    const role = made(kind, { role: 'system-owner', name: 'Owner of triage' });
    expect(edited(kind, role, { role: 'data-steward' }).next.fields.name).toBe('Owner of triage');
  });

  test('nobody is their own deputy', () => {
    expect(() => made(kind, { person: anna, deputy: anna })).toThrow(/somebody else/);
    expect(made(kind, { person: anna, deputy: ben }).fields.deputy).toBe(ben);
  });
});

describe('dates that move keep the first one', () => {
  test.each([
    ['implementation', 'plannedOn', 'firstPlannedOn'],
    ['corrective-action', 'due', 'firstDue'],
    ['task', 'due', 'firstDue'],
  ])('%s', (kind, date, first) => {
    const planned = made(kind, { [date]: '2026-03' });
    expect(planned.fields[first]).toBe('2026-03');
    const why = { movedBecause: 'The supplier is late' };
    const because = kind === 'implementation' ? why : {};
    expect(edited(kind, planned, { [date]: '2026-09', ...because }).next.fields).toMatchObject({
      [date]: '2026-09',
      [first]: '2026-03',
    });
  });

  test('an implementation keeps each date that was named, and going back to what was goes back in them too', () => {
    const planned = made('implementation', { plannedOn: '2026-03' });
    const late = { plannedOn: '2026-09', movedBecause: 'The supplier is late' };
    const moved = edited('implementation', planned, late).next;
    const risky = { ...moved, links: { ...moved.links, interimRisk: [anna] } };
    const later = { plannedOn: '2026-12', movedBecause: 'Late again', howItWorks: 'By hand' };
    const again = edited('implementation', risky, later).next;
    expect(again.fields).toMatchObject({
      plannedDates: ['2026-03', '2026-09', '2026-12'],
      firstPlannedOn: '2026-03',
    });
    expect(edited('implementation', again, { howItWorks: 'By day' }).next.fields.plannedDates).toEqual(
      again.fields.plannedDates,
    );
    expect(
      made('implementation', { plannedOn: '2026-09', firstPlannedOn: '2026-03' }).fields.plannedDates,
    ).toEqual(['2026-03', '2026-09']);
    const back = { plannedOn: '2026-03', plannedDates: ['2026-03'], movedBecause: null };
    expect(undone('implementation', moved, back).next.fields).toEqual(planned.fields);
    expect(made('implementation', {}).fields).not.toHaveProperty('plannedDates');
  });

  test('an implementation that is delayed says why each time, and names the risk until then from the second time on', () => {
    const refused = (before: ReturnType<typeof made>, patch: object) => {
      try {
        edited('implementation', before, { ...patch });
        return undefined;
      } catch (error) {
        return (error as { items?: { at: string }[] }).items?.map(({ at }) => at);
      }
    };
    const planned = made('implementation', { plannedOn: '2026-03' });
    const why = (movedBecause: string) => ({ movedBecause });
    expect(refused(planned, { plannedOn: '2026-09' })).toEqual(['fields.movedBecause']);
    expect(refused(planned, { plannedOn: '2026-03-31' })).toBeUndefined();
    const once = edited('implementation', planned, { plannedOn: '2026-09', ...why('Late') }).next;
    expect(refused(once, { plannedOn: '2026-12' })).toEqual(['fields.movedBecause']);
    expect(refused(once, { plannedOn: '2026-12', ...why('Late again') })).toEqual(['fields.plannedOn']);
    const risky = { ...once, links: { ...once.links, interimRisk: [anna] } };
    expect(refused(risky, { plannedOn: '2026-12', ...why('Late again') })).toBeUndefined();
  });

  test('the date first named stays, and one taken away is not named anew as if it had not been', () => {
    const planned = made('implementation', { plannedOn: '2026-03' });
    const change = (before: typeof planned, patch: object) => () =>
      edited('implementation', before, { ...patch });
    const why = { movedBecause: 'Late' };
    const moved = change(planned, { plannedOn: '2026-09', ...why })().next;
    expect(change(moved, { firstPlannedOn: '2026-09' })).toThrow(/first planned stays/);
    expect(change(moved, { firstPlannedOn: null })).toThrow(/first planned stays/);
    expect(change(planned, { plannedOn: '2026-09', firstPlannedOn: '2026-09', ...why })).toThrow(
      /first planned stays/,
    );
    expect(change(moved, { firstPlannedOn: '2026-02' })).not.toThrow();
    const bare = change(moved, { plannedOn: null })().next;
    expect(change(bare, { plannedOn: '2027-01' })).toThrow(/say why/);
    expect(change(bare, { plannedOn: '2027-01', movedBecause: 'Late again' })).toThrow(/second delay/);
    expect(change(bare, { plannedOn: '2026-09' })).not.toThrow();
  });

  test('what was promised is neither cleared, shortened nor rewritten by an edit; undoing takes back what it wrote', () => {
    const planned = made('implementation', { plannedOn: '2026-03' });
    const late = { plannedOn: '2026-09', movedBecause: 'Late' };
    const moved = edited('implementation', planned, late).next;
    const refusal = (patch: Record<string, Json>) => () => edited('implementation', moved, patch);
    const cleared = { plannedOn: null, firstPlannedOn: null, plannedDates: [] };
    expect(refusal(cleared)).toThrow(/first planned stays/);
    expect(refusal({ ...cleared, firstPlannedOn: '2026-03' })).toThrow(/stay on record/);
    expect(refusal({ plannedDates: ['2026-09'] })).toThrow(/stay on record/);
    expect(refusal({ plannedOn: null, plannedDates: ['2026-03', '2026-09', '2030-01'] })).toThrow(
      /stay on record/,
    );
    expect(refusal({ plannedOn: null })).not.toThrow();
    expect(undone('implementation', planned, cleared).next.fields).toEqual(made('implementation', {}).fields);
  });

  test('nothing is in place from a day that is still to come', () => {
    const from = (inPlaceSince: string) =>
      obstacle(
        'implementation',
        'complete',
        'planned',
        made('implementation', { howItWorks: 'By hand', owner: anna, inPlaceSince }),
      );
    expect(from('2035-01-01')).toMatch(/still to come/);
    expect([from('2020-01-01'), from('2020')]).toEqual([undefined, undefined]);
  });

  test('a first date after the planned one is a contradiction', () => {
    expect(() => made('implementation', { plannedOn: '2026-03', firstPlannedOn: '2026-04' })).toThrow(
      /after/,
    );
    expect(() => made('corrective-action', { due: '2026-03-01', firstDue: '2026-03-02' })).toThrow(/after/);
    expect(made('implementation', { plannedOn: '2026-03', firstPlannedOn: '2026' }).fields).toBeDefined();
  });
});

describe('evidence', () => {
  test('a period does not end before it begins; known to the month is enough', () => {
    expect(() => made('evidence', { periodFrom: '2026-03-01', periodTo: '2026-02-28' })).toThrow(/before/);
    expect(made('evidence', { periodFrom: '2026-02-15', periodTo: '2026-02' }).fields).toBeDefined();
  });

  test('is kept for its set time', () => {
    const kept = made('evidence', { keepUntil: '2026-11' });
    expect(obstacle('evidence', 'dispose', 'kept', kept)).toBe('It is kept until Nov 2026.');
    const over = made('evidence', { keepUntil: '2026-10' });
    expect(obstacle('evidence', 'dispose', 'kept', over)).toBeUndefined();
  });
});

describe('impact assessment', () => {
  const complete = (fields: Readonly<Record<string, Json>>) => {
    const content = made('impact-assessment', { ...wholeFields, ...fields });
    return obstacle('impact-assessment', 'complete', 'under-way', {
      ...content,
      links: { ...content.links, covers: [someId()] },
    });
  };
  const only = (...levels: readonly string[]) => ({
    effects: wholeEffects.filter(({ level }) => levels.includes(String(level))),
  });

  test('is complete once people, groups and society were all looked at', () => {
    expect(complete(only('individuals'))).toBe(
      'No effect, not even "no effect because", is on record for groups and society.',
    );
    expect(complete(only('individuals', 'groups'))).toMatch(/for society\.$/);
    expect(complete({})).toBeUndefined();
  });

  test('blank is not passed: the first parts that are blank are named, and how many more', () => {
    expect(complete({ intendedUse: null })).toBe('The intended use is blank.');
    const { context: _, ...bare } = Object.fromEntries(Object.keys(wholeFields).map((name) => [name, null]));
    const required = ['name', 'affectedGroups', 'misuse', 'effects', 'conclusion', 'assessedOn', 'owner'];
    for (const name of required) delete bare[name];
    expect(complete(bare)).toMatch(/^The intended use is blank\. .* And 8 more\.$/);
  });

  test('what was filled in and confirmed by nobody is not passed either', () => {
    expect(complete({ toConfirm: ['misuse'] })).toBe(
      'Foreseeable misuse was filled in from elsewhere and nobody confirmed it.',
    );
  });

  test('an effect keeps a number of its own, for risks cite it', () => {
    const twice = wholeEffects.map((row) => ({ ...row, number: 4 }));
    expect(() => made('impact-assessment', { effects: twice })).toThrow('Two effects have the number 4.');
  });
});

describe('classification', () => {
  const conclude = (fields: Readonly<Record<string, unknown>>) =>
    obstacle(
      'classification',
      'conclude',
      'open',
      made('classification', { classifiedOn: '2026-10-01', ...fields }),
    );

  test('an empty form has no class', () => {
    expect(conclude({ scheme: 'eu-ai-act' })).toBe('An outcome is needed first.');
    expect(conclude({ scheme: 'own-tier' })).toBe('The own tier is needed first.');
    expect(conclude({ scheme: 'other' })).toBe('The outcome is needed first.');
  });

  test('undetermined is never final', () => {
    expect(conclude({ scheme: 'eu-ai-act', outcomes: ['undetermined'], answers: [{ fact: 'x' }] })).toMatch(
      /undetermined/,
    );
  });

  test('no specific class needs the answers that led there', () => {
    expect(conclude({ scheme: 'eu-ai-act', outcomes: ['minimal'] })).toMatch(/answers/);
    expect(
      conclude({ scheme: 'eu-ai-act', outcomes: ['minimal'], answers: [{ fact: 'x' }] }),
    ).toBeUndefined();
    expect(conclude({ scheme: 'own-tier', tier: 'high' })).toBeUndefined();
    const given = { scheme: 'other', otherOutcome: 'Class IIa' };
    expect(conclude({ ...given, otherOutcome: '.', givenBy: 'regulator', givenOn: '2026-03' })).toMatch(
      /outcome/,
    );
    expect(conclude(given)).toBe('A class of another scheme says who gave it and on which day.');
    expect(conclude({ ...given, givenBy: 'regulator' })).toMatch(/on which day/);
    expect(conclude({ ...given, givenBy: 'regulator', givenOn: '2026-03' })).toBeUndefined();
  });

  test('undetermined and no specific class stand alone', () => {
    const both = (other: string) => () =>
      made('classification', { scheme: 'eu-ai-act', outcomes: [other, 't-interaction'] });
    expect(both('minimal')).toThrow(/stand alone/);
    expect(both('undetermined')).toThrow(/stand alone/);
    expect(both('high-risk-annex-iii')().fields.outcomes).toHaveLength(2);
  });
});

describe('gate', () => {
  const asked = {
    requestedBy: anna,
    decidedBy: ben,
    decidedOn: '2026-10-01',
    verdict: 'pass',
    reason: 'All met',
    criteria: [{ criterion: 'Tested', answer: 'met' }],
  };

  test('nobody decides on their own request', () => {
    expect(() => made('gate', { ...asked, decidedBy: anna })).toThrow(/own request/);
    expect(obstacle('gate', 'pass', 'asked', made('gate', asked), by(anna))).toMatch(/somebody else/);
    expect(obstacle('gate', 'pass', 'asked', made('gate', asked), by(ben))).toBeUndefined();
  });

  test('every criterion is answered', () => {
    const criteria = [...asked.criteria, { criterion: 'Way back tried' }];
    expect(obstacle('gate', 'pass', 'asked', made('gate', { ...asked, criteria }))).toBe(
      '“Way back tried” has no answer.',
    );
  });

  test('the step follows the verdict', () => {
    const failed = made('gate', { ...asked, verdict: 'fail', reason: 'The tests were not run' });
    expect(obstacle('gate', 'pass', 'asked', failed)).toMatch(/not passed/);
    expect(obstacle('gate', 'refuse', 'asked', failed)).toBeUndefined();
    const curt = made('gate', { ...asked, verdict: 'fail', reason: 'ok' });
    expect(obstacle('gate', 'refuse', 'asked', curt)).toBe('Say why it is not passed, in a sentence.');
    expect(obstacle('gate', 'refuse', 'asked', made('gate', asked))).toMatch(/it is passed/);
  });
});

describe('implementation', () => {
  const lived = { howItWorks: 'By hand', owner: anna, inPlaceSince: '2026-02-01', endedOn: '2026-05-01' };

  test('comes into place again on a day of its own, and ends on none before it was in place', () => {
    const step = (name: string, state: string, fields: object) =>
      obstacle('implementation', name, state, made('implementation', { ...lived, ...fields }));
    expect(step('complete', 'planned', {})).toMatch(/^It ended after the day since which/);
    expect(step('complete', 'planned', { inPlaceSince: '2026-06-01' })).toBeUndefined();
    expect(step('complete', 'planned', { endedOn: null })).toBeUndefined();
    expect(step('end', 'in-place', { inPlaceSince: '2026-06-01' })).toMatch(/^It was in place after the day/);
    expect(step('end', 'in-place', {})).toBeUndefined();
    // The month in which it ended may be the one in which it came back.
    expect(step('complete', 'planned', { inPlaceSince: '2026-05' })).toBeUndefined();
  });

  test('that is in place keeps the day for which it was planned', () => {
    const kind = registry.get('implementation');
    const moved = (state: string, step?: string) => () => refuseFixed(kind, state, ['plannedOn'], step);
    expect(moved('in-place')).toThrow(
      expect.objectContaining({
        items: [{ at: 'fields.plannedOn', message: expect.stringMatching(/stays as it was set/) }],
      }),
    );
    for (const state of ['planned', 'partly', 'ended']) expect(moved(state), state).not.toThrow();
    expect(moved('in-place', 'plan')).not.toThrow();
  });

  test('leaves days and what they were for when it is erased, and no word', () => {
    const content = {
      fields: {
        ...lived,
        name: 'Anna reads',
        plannedOn: '2026-03-01',
        firstPlannedOn: '2026-02',
        plannedDates: ['2026-02', 'Anna', '2026-03-01'],
        movedBecause: 'Anna is ill',
      },
      links: { control: ['ctl-1'], system: ['sys-1'] },
    };
    expect(outliving(registry.get('implementation'), content)).toEqual({
      fields: { plannedOn: '2026-03-01', firstPlannedOn: '2026-02', plannedDates: ['2026-02', '2026-03-01'] },
      links: { control: ['ctl-1'] },
    });
    expect(outliving(registry.get('risk'), content)).toEqual({ fields: {}, links: {} });
  });
});

describe('obligation', () => {
  test('law cannot be declined; a contract can, with a reason', () => {
    const declineReason = 'Not our business';
    const law = made('obligation', { source: 'law', declineReason });
    expect(obstacle('obligation', 'decline', 'taken-on', law)).toBe(
      'Law binds whether or not it is taken on.',
    );
    const contract = made('obligation', { source: 'contract', declineReason });
    expect(obstacle('obligation', 'decline', 'taken-on', contract)).toBeUndefined();
    // Nor does what was declined as a contract become law that stays declined.
    expect(registry.get('obligation').fixed).toEqual({ parts: ['source'], in: ['declined'] });
  });

  test('law is not turned into anything else; anything else may turn out to be law, and that is taken back by undoing', () => {
    const law = made('obligation', { source: 'law' });
    for (const source of ['contract', 'house', 'advice', 'standard'])
      expect(() => edited('obligation', law, { source }), source).toThrow(
        /^Law stays law.* archives it on the same day/,
      );
    expect(edited('obligation', law, { source: 'law', content: 'To say so' }).changed).toEqual(['content']);
    const house = made('obligation', { source: 'house' });
    const raised = edited('obligation', house, { source: 'law' }).next;
    expect(raised.fields.source).toBe('law');
    expect(undone('obligation', raised, { source: 'house' }).next.fields.source).toBe('house');
    expect(edited('obligation', house, { source: 'advice' }).next.fields.source).toBe('advice');
  });
});

describe('finding', () => {
  test('a major or minor names the requirement missed, in whatever words', () => {
    expect(() => made('finding', { grade: 'major' })).toThrow(/requirement missed/);
    expect(made('finding', { grade: 'minor', requirement: '8.4' }).fields.grade).toBe('minor');
    expect(
      made('finding', { grade: 'minor', requirementText: 'Clause 7 of the contract' }).fields,
    ).toBeDefined();
    expect(made('finding', { grade: 'opportunity' }).fields.grade).toBe('opportunity');
  });

  test('advice cannot be missed', () => {
    expect(() =>
      made('finding', { grade: 'major', requirement: '8.4', requirementSource: 'advice' }),
    ).toThrow(/opportunity/);
  });
});

describe('nonconformity', () => {
  const judged = {
    owner: anna,
    verifier: ben,
    effectivenessVerdict: 'effective',
    operationSeen: 'Two runs',
    checkedOn: '2026-10-01',
    closedOn: '2026-10-01',
  };
  const close = (fields: Readonly<Record<string, unknown>>, actor = by(ben)) =>
    obstacle('nonconformity', 'close', 'verifying', made('nonconformity', { ...judged, ...fields }), actor);

  test('closes on a verdict of effect by another person', () => {
    expect(close({})).toBeUndefined();
    expect(close({}, by(anna))).toMatch(/somebody else/);
    expect(() => made('nonconformity', { ...judged, verifier: anna })).toThrow(/10\.2/);
  });

  test('does not close on what worked in part', () => {
    for (const effectivenessVerdict of ['partly', 'not-effective']) {
      expect(close({ effectivenessVerdict })).toBe('Only what worked is closed.');
      const open = made('nonconformity', { ...judged, effectivenessVerdict });
      expect(obstacle('nonconformity', 'reopen', 'verifying', open)).toBeUndefined();
    }
  });

  test('of a certification body waits for its answer', () => {
    expect(close({ source: 'certification-body' })).toMatch(/certification body/);
    expect(close({ source: 'certification-body', answerOfBody: 'Accepted' })).toBeUndefined();
  });

  test('without action on the cause needs a reason and another person’s name', () => {
    const without = { owner: anna, actionNeeded: 'no', noActionReason: 'Isolated', approver: ben };
    const step = (content: Content) => obstacle('nonconformity', 'verifyWithoutAction', 'analysed', content);
    expect(step(made('nonconformity', without))).toBeUndefined();
    expect(step(made('nonconformity', { ...without, actionNeeded: 'yes' }))).toMatch(/needed/);
    expect(() => made('nonconformity', { ...without, approver: anna })).toThrow(/somebody else/);
    expect(
      obstacle(
        'nonconformity',
        'plan',
        'analysed',
        made('nonconformity', { ...without, actionsPlanned: 'x' }),
      ),
    ).toMatch(/No action/);
  });
});

describe('corrective action', () => {
  const done = {
    owner: anna,
    verifier: ben,
    verdict: 'effective',
    operationSeen: 'A month',
    checkedOn: '2026-10-01',
  };
  const step = (name: string, fields: Readonly<Record<string, unknown>>, actor = by(ben)) =>
    obstacle('corrective-action', name, 'done', made('corrective-action', fields), actor);

  test('is judged by somebody else than the doer', () => {
    expect(step('confirm', done)).toBeUndefined();
    expect(step('confirm', done, by(anna))).toMatch(/somebody else/);
    expect(() => made('corrective-action', { ...done, verifier: anna })).toThrow(/10\.2/);
  });

  test('cannot be confirmed without an owner, because then nobody can be told from the doer', () => {
    const { owner: _, ...nobody } = done;
    expect(step('confirm', nobody)).toBe('Owner is needed first.');
  });

  test('the step follows the verdict', () => {
    expect(step('confirm', { ...done, verdict: 'partly' })).toMatch(/not effective/);
    expect(step('refute', done)).toMatch(/is effective/);
  });
});

describe('treatment plan', () => {
  const action = { action: 'Second reading', owner: anna, due: '2026-09-30' };
  const finish = (...actions: readonly object[]) =>
    obstacle(
      'treatment',
      'finish',
      'under-way',
      made('treatment', { results: 'Read twice', doneOn: '2026-10-01', actions }),
    );

  test('is done once each of its actions is, and names those that are not', () => {
    const done = { ...action, doneOn: '2026-09-29' };
    expect(finish(done, done)).toBeUndefined();
    expect(finish()).toBeUndefined();
    expect(finish(done, action, { ...action, doneOn: null })).toBe(
      'Say on which day each action was done, or take it out of the plan. Open: action 2, 3.',
    );
  });
});

describe('control test and incident', () => {
  test('the tester is not the owner of what is tested', () => {
    expect(() => made('control-test', { tester: anna, ownerTested: anna })).toThrow(/9\.1/);
    expect(made('control-test', { tester: anna, ownerTested: ben }).fields.tester).toBe(anna);
  });

  test('an incident is not closed over a report that is due', () => {
    const rest = { causes: 'x', lessons: 'y', closedOn: '2026-10-01' };
    const reports = [{ to: 'Authority', due: '2026-09-01', sent: '2026-08-30' }, { due: '2026-10-01' }];
    expect(obstacle('incident', 'close', 'triaged', made('incident', { ...rest, reports }))).toMatch(
      /^Report 2/,
    );
    expect(obstacle('incident', 'close', 'triaged', made('incident', rest))).toBeUndefined();
  });
});

describe('a significant change', () => {
  test.each([
    ['system', { purpose: 'Other' }, ['purpose']],
    ['system', { nextReview: '2027' }, []],
    ['use-case', { autonomy: 'action' }, ['autonomy']],
    ['use-case', { impactAssessmentStated: 'yes', topic: 'Health' }, []],
    ['document', { fitForPurpose: 'yes' }, ['fitForPurpose']],
    ['document', { reviewedOn: '2026' }, []],
    ['applicability', { decision: 'excluded' }, ['decision']],
    ['supplier', { contact: 'Desk' }, []],
  ])('%s %j', (name, fields, material) => {
    expect(edited(name, made(name, {}), fields).material).toEqual(material);
  });
});
