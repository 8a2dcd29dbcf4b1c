import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Approval,
  type ApprovalAct,
  approvalActs,
  approvalAtHand,
  approvalStanding,
  authoredSince,
  type Basis,
  type InputNow,
  type InputsNow,
  inForce,
  reinstateMinutes,
  reinstateObstacle,
  turnsStale,
  withdrawnLast,
} from './approvals.ts';

function act(of: ApprovalAct, version: number, basis: readonly Basis[] = []): Approval {
  return {
    id: `${of}-${version}`,
    record: 'r1',
    version,
    digest: `digest-${version}`,
    act: of,
    basis,
    by: 'm1',
    onBehalfOf: null,
    reason: of === 'reject' ? 'Too thin' : null,
    at: `2026-01-0${version}T00:00:00.000Z`,
  };
}
const none: InputsNow = () => undefined;
/** Inputs by their content's digest, and by that of the version in force where one is named. */
const inputs =
  (...rows: readonly (readonly [string, string, string?])[]): InputsNow =>
  (record) => {
    const row = rows.find(([id]) => id === record);
    return row && { digest: row[1], inForce: row[2] ?? null };
  };

describe('how approvals stand', () => {
  test('nothing was done', () => {
    expect(approvalStanding([], none)).toEqual({ status: 'none' });
  });

  test.each([
    ['submit', 'submitted'],
    ['approve', 'approved'],
    ['reject', 'rejected'],
    ['withdraw', 'withdrawn'],
    ['void', 'void'],
    ['restore', 'approved'],
  ] as const)('after %s it is %s', (last, status) => {
    expect(approvalStanding([act('submit', 1), act(last, 1)], none)).toMatchObject({ status, version: 1 });
  });

  test('who said no and why is kept', () => {
    expect(approvalStanding([act('submit', 2), act('reject', 2)], none)).toEqual({
      status: 'rejected',
      version: 2,
      by: 'm1',
      at: '2026-01-02T00:00:00.000Z',
      reason: 'Too thin',
    });
  });

  test('a new version handed in is submitted, while the old one stays in force', () => {
    const acts = [act('submit', 1), act('approve', 1), act('submit', 2)];
    expect(approvalStanding(acts, none)).toMatchObject({ status: 'submitted', version: 2 });
    expect(inForce(acts)?.version).toBe(1);
  });
});

describe('stale inputs', () => {
  const basis = [
    { record: 'use-case', digest: 'd1' },
    { record: 'method', digest: 'd2' },
  ];
  const acts = [act('submit', 1), act('approve', 1, basis)];
  const stale = (current: InputsNow) => {
    const standing = approvalStanding(acts, current);
    return standing.status === 'approved' ? standing.stale : expect.unreachable();
  };

  test('none while all digests are as they were', () => {
    expect(stale(inputs(['use-case', 'd1'], ['method', 'd2'], ['other', 'd9']))).toEqual([]);
  });

  test('those that changed, and those that are gone', () => {
    expect(stale(inputs(['use-case', 'd1b']))).toEqual(['use-case', 'method']);
  });

  test('a restored approval stands on the digests it was restored with', () => {
    const restored = [...acts, act('restore', 1, [{ record: 'use-case', digest: 'd1b' }])];
    expect(approvalStanding(restored, inputs(['use-case', 'd1b']))).toMatchObject({ stale: [] });
  });

  test('a draft of an input changes nothing while the version it stood on is in force', () => {
    expect(stale(inputs(['use-case', 'd1'], ['method', 'draft', 'd2']))).toEqual([]);
    expect(stale(inputs(['use-case', 'd1'], ['method', 'draft', 'd3']))).toEqual(['method']);
    expect(stale(inputs(['use-case', 'd1'], ['method', 'draft']))).toEqual(['method']);
  });

  test('an approval turns stale by the change that takes its input away, and by no later one', () => {
    const [approval] = acts.slice(1);
    if (!approval) return expect.unreachable();
    const now = (digest: string, force: string | null = null) => ({ digest, inForce: force });
    const turns = (before: InputNow, after: InputNow) => turnsStale(approval, 'method', { before, after });
    expect(turns(now('d2'), now('d3'))).toBe(true);
    expect(turns(now('d2'), now('d2'))).toBe(false);
    expect(turns(now('d3'), now('d4'))).toBe(false);
    expect(turns(now('d2', 'd2'), now('draft', 'd2'))).toBe(false);
    expect(turns(now('draft', 'd2'), now('draft', 'd3'))).toBe(true);
    expect(turnsStale(approval, 'other', { before: now('d2'), after: now('d3') })).toBe(false);
  });
});

describe('what is in force', () => {
  test.each([
    [[], undefined],
    [['submit'], undefined],
    [['submit', 'approve'], 'approve'],
    [['approve', 'submit', 'reject'], 'approve'],
    [['approve', 'withdraw'], undefined],
    [['approve', 'void'], undefined],
    [['approve', 'void', 'restore'], 'restore'],
    [['approve', 'withdraw', 'submit'], undefined],
    [['approve', 'withdraw', 'submit', 'approve'], 'approve'],
    [['approve', 'withdraw', 'reinstate'], 'approve'],
    [['approve', 'withdraw', 'submit', 'reinstate'], undefined],
    [['approve', 'void', 'reinstate'], undefined],
    [['approve', 'withdraw', 'reinstate', 'withdraw'], undefined],
    [['approve', 'withdraw', 'reinstate', 'void'], undefined],
    [['reinstate'], undefined],
  ] as const)('after %j', (acts, expected) => {
    expect(inForce(acts.map((name, place) => act(name, place + 1)))?.act).toBe(expected);
  });

  test('is always an approval that nothing took away afterwards', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...approvalActs), { maxLength: 8 }), (names) => {
        const acts = names.map((name, place) => act(name, place + 1));
        const standing = inForce(acts);
        if (!standing) return;
        expect(['approve', 'restore']).toContain(standing.act);
        const later = acts.slice(acts.indexOf(standing) + 1);
        for (const [at, { act: name }] of later.entries()) {
          const takenBack = name === 'withdraw' && later[at + 1]?.act === 'reinstate';
          if (!takenBack) expect(['submit', 'reject', 'reinstate']).toContain(name);
        }
      }),
    );
  });

  test('approved now means in force now', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...approvalActs), { maxLength: 8 }), (names) => {
        const acts = names.map((name, place) => act(name, place + 1));
        const standing = approvalStanding(acts, none);
        if (standing.status === 'approved') expect(inForce(acts)).toBe(standing.approval);
        if (standing.status === 'void' || standing.status === 'withdrawn')
          expect(inForce(acts)).toBeUndefined();
      }),
    );
  });
});

describe('what an approval at hand is worth to a step', () => {
  const basis = [{ record: 'input', digest: 'was' }];
  const acts = [act('approve', 2, basis)];
  const worth = (digest: string, now: InputsNow, beyond = false, own = false) =>
    approvalAtHand(acts, digest, { inputs: now, unseen: [], own, beyond });

  test('it stands on this content alone, with its inputs as they were, within the authority of its giver', () => {
    const still = inputs(['input', 'was']);
    expect(worth('digest-2', still)).toBe('stands');
    expect(worth('digest-3', still)).toBe('none');
    expect(worth('digest-2', inputs(['input', 'is', 'was']))).toBe('stands');
    expect([worth('digest-2', inputs(['input', 'is'])), worth('digest-2', none)]).toEqual(['stale', 'stale']);
    expect(worth('digest-2', still, true)).toBe('beyond');
    expect([worth('digest-2', still, false, true), worth('digest-2', still, true, true)]).toEqual([
      'own',
      'own',
    ]);
    expect(worth('digest-3', still, false, true)).toBe('none');
  });

  test('a finding that its giver did not see makes it stale, and says nothing of other words', () => {
    const unseen = { inputs: inputs(['input', 'was']), unseen: ['finding'], own: true, beyond: true };
    expect(approvalAtHand(acts, 'digest-2', unseen)).toBe('stale');
    expect(approvalAtHand(acts, 'digest-3', unseen)).toBe('none');
  });

  test('another submission of other words does not bring it back, nor does a refusal of them take it away', () => {
    const later = [...acts, act('submit', 3), act('reject', 3)];
    const now = { inputs: inputs(['input', 'was']), unseen: [], own: false, beyond: true };
    expect(approvalAtHand(later, 'digest-2', now)).toBe('beyond');
    expect(approvalAtHand([...later, act('withdraw', 2)], 'digest-2', now)).toBe('none');
  });
});

describe('taking a withdrawal back', () => {
  const basis = [{ record: 'input', digest: 'd1' }];
  const acts = [act('submit', 1), act('approve', 1, basis), act('withdraw', 2, basis)];
  const withdrawnAt = new Date('2026-01-02T00:00:00.000Z');
  const later = (minutes: number): Date => new Date(withdrawnAt.getTime() + minutes * 60_000);
  const asked = { by: 'm1', at: later(5), writtenAt: later(-60), inputs: inputs(['input', 'd1']) };
  const obstacle = (given: Partial<typeof asked> = {}, after: readonly Approval[] = []) =>
    reinstateObstacle([...acts, ...after], { ...asked, ...given });

  test('is for whoever withdrew, soon after, while nothing changed', () => {
    expect(obstacle()).toBeUndefined();
    expect(obstacle({ at: later(reinstateMinutes) })).toBeUndefined();
    expect(obstacle({ at: later(reinstateMinutes + 1) })).toContain('within 60 minutes');
    expect(obstacle({ by: 'm2' })).toContain('Only whoever withdrew');
    expect(obstacle({ writtenAt: later(1) })).toContain('Something changed');
    expect(obstacle({ inputs: inputs(['input', 'd2']) })).toContain('Something changed');
    expect(obstacle({ inputs: none })).toContain('Something changed');
    expect(obstacle({}, [act('submit', 3)])).toContain('no longer the newest');
  });

  test('puts back what stood before, as if neither had been', () => {
    expect(withdrawnLast(acts)?.approval.version).toBe(1);
    expect(withdrawnLast(acts.slice(0, 2))).toBeUndefined();
    const waiting = [act('approve', 1), act('submit', 2)];
    const back = [...waiting, act('withdraw', 3), act('reinstate', 3)];
    expect(approvalStanding(back, none)).toEqual(approvalStanding(waiting, none));
    expect(inForce(back)).toBe(back[0]);
    expect(authoredSince(back, 'digest-9')).toBe(1);
    expect(withdrawnLast(back)).toBeUndefined();
  });
});

describe('since when writing makes an author', () => {
  const since = (acts: readonly Approval[], version: number) => authoredSince(acts, `digest-${version}`);

  test('since the newest approval of other content', () => {
    expect(since([], 1)).toBe(0);
    expect(since([act('approve', 1)], 2)).toBe(1);
    expect(since([act('approve', 1), act('approve', 3)], 4)).toBe(3);
    expect(since([act('submit', 1), act('reject', 1)], 2)).toBe(0);
  });

  test('an approval of this very content frees nobody to give it again', () => {
    expect(since([act('approve', 1)], 1)).toBe(0);
    expect(since([act('approve', 1), act('approve', 2)], 2)).toBe(1);
  });

  test('nor does one that was withdrawn; one that a change of content voided was given all the same', () => {
    expect(since([act('approve', 1), act('withdraw', 1)], 2)).toBe(0);
    expect(since([act('approve', 1), act('approve', 2), act('withdraw', 2)], 3)).toBe(1);
    expect(since([act('approve', 1), act('void', 1)], 2)).toBe(1);
  });

  test('whatever the acts, it is an approval of other content before, or the beginning', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...approvalActs), fc.integer({ min: 1, max: 5 })), {
          maxLength: 10,
        }),
        fc.integer({ min: 1, max: 6 }),
        (steps, version) => {
          const acts = steps.map(([of, on]) => act(of, on));
          const from = since(acts, version);
          expect(from).not.toBe(version);
          if (from > 0) expect(acts).toContainEqual(act('approve', from));
        },
      ),
    );
  });
});
