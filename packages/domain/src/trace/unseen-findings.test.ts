import { describe, expect, test } from 'vitest';
import { contextOf } from '../../test/trace/context.ts';
import { act } from '../../test/trace/kit.ts';
import { reassessed, reassessedAt } from '../../test/trace/reassessed.ts';
import { changed, goodWorld, inForceAs } from '../../test/trace/world.ts';
import type { TraceRecord } from './inputs.ts';
import { acceptanceOf } from './risks.ts';
import { neverSeenObstacle, unseenUnder, unseenWords } from './unseen-findings.ts';

type Made = ReturnType<typeof goodWorld>;
const worse = { severity: 'severe' };

const recordIn = ({ own, records }: Made, id: string): TraceRecord =>
  [...own, ...records].find((one) => one.id === id) ?? expect.unreachable();
const unseen = (id: string, world: Made) => {
  const assessments = world.own.filter(({ kind }) => kind === 'impact-assessment');
  const risks = world.own.filter(({ kind }) => kind === 'risk');
  return unseenUnder(recordIn(world, id), { assessments, risks }).map(({ assessment, ...finding }) => ({
    ...{ assessment: assessment.id },
    ...finding,
  }));
};

describe('what whoever accepted a risk did not see', () => {
  test('nothing while it carries what it carried, judged as it was', () => {
    expect(unseen('rsk-1', goodWorld())).toEqual([]);
    expect(unseen('rsk-1', reassessed({ basis: 'Other figures' }))).toEqual([]);
  });

  test('a finding judged anew since, and one taken in since', () => {
    const anew = { assessment: 'ia-1', number: 1, how: 'judged-anew', at: reassessedAt };
    expect(unseen('rsk-1', reassessed(worse))).toEqual([anew]);
    const more = inForceAs('rsk-1', { fields: { carriedEffects: ['1', '2'] } });
    expect(unseen('rsk-1', more)).toMatchObject([{ assessment: 'ia-1', number: 2, how: 'taken-in' }]);
    expect(
      unseen('rsk-1', inForceAs('rsk-1', { fields: { carriedEffects: ['1', '2'] } }, {}, reassessed(worse))),
    ).toMatchObject([
      { number: 1, how: 'judged-anew' },
      { number: 2, how: 'taken-in' },
    ]);
  });

  test('an acceptance given anew saw what stood then, and so did whoever said that it has no effect', () => {
    const later = '2026-07-02T09:00:00Z';
    for (const last of ['approve', 'restore'] as const) {
      const again = { approvals: [act('approve'), act(last, { at: later })] };
      expect(unseen('rsk-1', changed('rsk-1', again, reassessed(worse)))).toEqual([]);
    }
    const restored = { approvals: [act('approve'), act('restore', { at: later })] };
    const more = changed('rsk-1', restored, inForceAs('rsk-1', { fields: { carriedEffects: ['1', '2'] } }));
    expect(unseen('rsk-1', more)).toMatchObject([{ number: 2, how: 'taken-in' }]);
  });

  test('an acceptance given while the assessment had no approval in force is held against the version approved before', () => {
    const between = changed(
      'ia-1',
      {
        approvals: [
          act('approve'),
          act('withdraw', { at: '2026-06-20T09:00:00Z' }),
          act('approve', { version: 2, at: reassessedAt }),
        ],
      },
      reassessed(worse),
    );
    const given = { approvals: [act('approve', { at: '2026-06-25T09:00:00Z' })] };
    expect(unseen('rsk-1', changed('rsk-1', given, between))).toMatchObject([
      { number: 1, how: 'judged-anew' },
    ]);
    const known = changed(
      'ia-1',
      {
        earlier:
          recordIn(between, 'ia-1').earlier?.map((one) => ({
            ...one,
            fields: recordIn(between, 'ia-1').fields,
          })) ?? [],
      },
      between,
    );
    expect(unseen('rsk-1', changed('rsk-1', given, known))).toEqual([]);
  });

  test('an acceptance given before anybody had approved the assessment is given anew, whatever the draft said', () => {
    const first = '2026-05-02T09:00:00Z';
    const early = changed('ia-1', { approvals: [act('submit'), act('approve', { at: first })] });
    const since = { assessment: 'ia-1', number: 1, how: 'approved-since', at: first };
    expect(unseen('rsk-1', early)).toEqual([since]);
    expect(unseen('trt-1', early)).toEqual([since]);
    // A second version, or a withdrawal in between, does not make the first one known.
    const second = [act('approve', { at: first }), act('approve', { version: 2, at: reassessedAt })];
    expect(unseen('rsk-1', changed('ia-1', { approvals: second }, reassessed(worse)))).toEqual([since]);
    const later = act('approve', { at: '2026-05-03T09:00:00Z' });
    expect(unseen('rsk-1', changed('rsk-1', { approvals: [act('approve'), later] }, early))).toEqual([]);
    expect(unseen('rsk-1', changed('ia-1', { approvals: [act('submit')] }))).toEqual([]);
  });

  test('a risk of the whole organisation is held against the assessments that it carries, of whatever system', () => {
    for (const system of ['sys-1', 'sys-2']) {
      const wide = changed('rsk-1', { system: null }, changed('ia-1', { system }, reassessed(worse)));
      expect(unseen('rsk-1', wide)).toMatchObject([{ number: 1, how: 'judged-anew' }]);
    }
    const more = inForceAs('rsk-1', { fields: { carriedEffects: ['1', '2'] } });
    expect(unseen('rsk-1', changed('rsk-1', { system: null }, more))).toMatchObject([
      { number: 2, how: 'taken-in' },
    ]);
  });

  test('the line reads such a risk with what it carries from another system', () => {
    const c = contextOf(goodWorld());
    const risk = { ...recordIn(goodWorld(), 'rsk-1'), system: null };
    const held = (assessment: TraceRecord) => {
      const inputs = { ...c.organisation.inputs, carried: [{ ...assessment, system: 'sys-2' }] };
      return acceptanceOf({ ...c, organisation: { ...c.organisation, inputs } }, risk).state;
    };
    expect(held(recordIn(goodWorld(), 'ia-1'))).toBe('in-force');
    expect(held(recordIn(reassessed(worse), 'ia-1'))).toBe('unseen');
  });

  test.each([
    ['a risk that is closed', 'rsk-1', { state: 'closed' }],
    ['a risk that nobody accepts', 'rsk-1', { approvals: [act('submit')] }],
    ['an assessment that was withdrawn', 'ia-1', { state: 'withdrawn' }],
    ['an assessment without an approval', 'ia-1', { approvals: [act('approve'), act('withdraw')] }],
    ['an assessment of another system', 'ia-1', { system: 'sys-2' }],
  ])('is not asked of %s', (_what, id, patch) => {
    expect(unseen('rsk-1', changed(id, patch, reassessed(worse)))).toEqual([]);
  });
});

describe('what whoever approved a plan did not see', () => {
  test('a finding that a risk of the approved plan carries, judged anew since', () => {
    expect(unseen('trt-1', goodWorld())).toEqual([]);
    expect(unseen('trt-1', reassessed(worse))).toMatchObject([{ number: 1, how: 'judged-anew' }]);
  });

  test('what a risk takes in turns its approval stale by itself', () => {
    expect(unseen('trt-1', inForceAs('rsk-1', { fields: { carriedEffects: ['1', '2'] } }))).toEqual([]);
  });

  test('a plan that was given up, and a risk that it names in a draft alone, ask nothing', () => {
    expect(unseen('trt-1', changed('trt-1', { state: 'given-up' }, reassessed(worse)))).toEqual([]);
    const drafted = inForceAs('trt-1', {}, { links: { risks: [] } }, reassessed(worse));
    expect(unseen('trt-1', drafted)).toEqual([]);
  });
});

test('it is said in words, and nothing is said without effect of what a risk took in', () => {
  const assessment = recordIn(goodWorld(), 'ia-1');
  const at = reassessedAt;
  const anew = { assessment, number: 1, how: 'judged-anew', at } as const;
  const taken = { assessment, number: 2, how: 'taken-in', at } as const;
  expect(unseenWords([], true)).toBeUndefined();
  expect(unseenWords([anew], false)).toBe(
    'It was approved without effect 1 of IA-1 (judged anew since), so it is approved anew first.',
  );
  expect(neverSeenObstacle([anew], true)).toBeUndefined();
  expect(neverSeenObstacle([anew, taken], true)).toBe(
    'It was accepted without effect 2 of IA-1 (taken in since), so it is accepted anew first.',
  );
  expect(neverSeenObstacle([{ ...anew, how: 'approved-since' }], false)).toBe(
    'It was approved without effect 1 of IA-1 (approved since), so it is approved anew first.',
  );
  expect(unseenWords([anew, taken, { ...taken, number: 3 }, { ...taken, number: 4 }], true)).toMatch(
    /, effect 3 of IA-1 \(taken in since\) and 1 more, so/,
  );
});
