import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Approval,
  type ApprovalAct,
  approvalActs,
  approvalStanding,
  authoredSince,
  type InputsNow,
  inForce,
} from './approvals.ts';

/** One record over time: people write versions, others decide on the newest. */
type Event = { readonly write: string } | { readonly act: ApprovalAct; readonly by: string };

/** What a reader would keep on paper: the last decision, and what stands approved. */
type Paper = { status: string; version: number; standing: number | null };

const content = fc.constantFrom('x', 'y', 'z');
const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    fc.record({ write: content }),
    fc.record({ act: fc.constantFrom(...approvalActs), by: fc.constantFrom('ann', 'ben') }),
  ),
  { maxLength: 15 },
);

function lived(all: readonly Event[]) {
  const acts: Approval[] = [];
  const paper: Paper = { status: 'none', version: 0, standing: null };
  let [version, digest] = [1, 'first'];
  /** How it stood before the withdrawal that happened last. */
  let before: Paper | undefined;
  for (const event of all) {
    if ('write' in event) {
      version += 1;
      digest = event.write;
      continue;
    }
    acts.push({
      id: `a-${acts.length}`,
      record: 'r',
      version,
      digest,
      act: event.act,
      basis: [{ record: 'input', digest: 'as it was' }],
      by: event.by,
      onBehalfOf: null,
      reason: null,
      at: `2026-01-01T00:00:${String(acts.length).padStart(2, '0')}.000Z`,
    });
    if (event.act === 'reinstate') {
      Object.assign(paper, before ?? {});
      before = undefined;
      continue;
    }
    before = event.act === 'withdraw' ? { ...paper } : undefined;
    paper.version = version;
    switch (event.act) {
      case 'submit':
        paper.status = 'submitted';
        break;
      case 'reject':
        paper.status = 'rejected';
        break;
      case 'approve':
      case 'restore':
        paper.status = 'approved';
        paper.standing = version;
        break;
      case 'withdraw':
        paper.status = 'withdrawn';
        paper.standing = null;
        break;
      case 'void':
        paper.status = 'void';
        paper.standing = null;
    }
  }
  return { acts, paper, digest, version };
}

const now =
  (digest: string): InputsNow =>
  (record) =>
    record === 'input' ? { digest, inForce: null } : undefined;
const unchanged = now('as it was');

describe('whatever people do, in any order', () => {
  test('what stands is what a reader would have written down', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { acts, paper } = lived(all);
        const standing = approvalStanding(acts, unchanged);
        expect(standing.status).toBe(paper.status);
        if (standing.status !== 'none') expect(standing.version).toBe(paper.version);
        expect(inForce(acts)?.version ?? null).toBe(paper.standing);
      }),
    );
  });

  test('handing in and being refused take nothing away', () => {
    fc.assert(
      fc.property(events, fc.constantFrom('submit', 'reject'), (all, name) => {
        const { acts } = lived(all);
        const after = lived([...all, { act: name, by: 'ann' }]).acts;
        expect(inForce(after)?.id).toBe(inForce(acts)?.id);
      }),
    );
  });

  test('withdrawing or voiding leaves nothing in force, and only a word of somebody brings it back', () => {
    fc.assert(
      fc.property(
        events,
        fc.constantFrom('withdraw', 'void'),
        fc.constantFrom(...approvalActs),
        (all, away, next) => {
          const gone = [...all, { act: away, by: 'ann' } as const];
          expect(inForce(lived(gone).acts)).toBeUndefined();
          const back = inForce(lived([...gone, { act: next, by: 'ben' }]).acts);
          const stood = inForce(lived(all).acts);
          const takenBack = away === 'withdraw' && next === 'reinstate' && stood !== undefined;
          expect(back !== undefined).toBe(next === 'approve' || next === 'restore' || takenBack);
          if (takenBack) expect(back?.id).toBe(stood.id);
        },
      ),
    );
  });

  test('stale names each input that changed or is gone, and changes no standing', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { acts } = lived(all);
        const [fresh, changed, gone] = [unchanged, now('otherwise'), (): undefined => undefined].map(
          (current) => approvalStanding(acts, current),
        );
        expect([changed?.status, gone?.status]).toEqual([fresh?.status, fresh?.status]);
        if (fresh?.status === 'approved') expect(fresh.stale).toEqual([]);
        for (const standing of [changed, gone])
          if (standing?.status === 'approved') expect(standing.stale).toEqual(['input']);
      }),
    );
  });

  test('authors count from an approval of other content, never from one of these very words', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { acts, digest, version } = lived(all);
        const since = authoredSince(acts, digest);
        expect(since).toBeLessThanOrEqual(version);
        if (since > 0) {
          const from = acts.filter((act) => act.act === 'approve' && act.version === since);
          expect(from.some((act) => act.digest !== digest)).toBe(true);
        }
      }),
    );
  });
});

describe('the version since which writing makes an author', () => {
  const act = (name: ApprovalAct, version: number, digest: string): Approval => ({
    id: `${name}-${version}`,
    record: 'r',
    version,
    digest,
    act: name,
    basis: [],
    by: 'ann',
    onBehalfOf: null,
    reason: null,
    at: '2026-01-01T00:00:00.000Z',
  });

  test.each([
    [[], 'x', 0],
    [[act('approve', 1, 'x')], 'y', 1],
    [[act('approve', 1, 'x')], 'x', 0],
    [[act('approve', 1, 'x'), act('approve', 3, 'y')], 'y', 1],
    [[act('approve', 1, 'x'), act('approve', 3, 'y')], 'z', 3],
    [[act('approve', 1, 'x'), act('approve', 3, 'y'), act('withdraw', 3, 'y')], 'z', 1],
    [[act('approve', 1, 'x'), act('withdraw', 1, 'x')], 'z', 0],
    [[act('approve', 1, 'x'), act('void', 2, 'y')], 'y', 1],
    [[act('withdraw', 1, 'x'), act('approve', 2, 'x')], 'y', 2],
    [[act('submit', 2, 'x'), act('reject', 2, 'x')], 'y', 0],
  ] as const)('case %#', (acts, digest, version) => {
    expect(authoredSince(acts, digest)).toBe(version);
  });
});
