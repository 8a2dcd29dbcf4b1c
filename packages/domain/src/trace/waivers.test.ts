import { describe, expect, test } from 'vitest';
import { act, catalogue, found, record, station, text } from '../../test/trace/kit.ts';
import { changed, goodWorld, having } from '../../test/trace/world.ts';
import { registry } from '../kinds/all.ts';
import { houseRules, ruleOfOption, waiverLevel } from '../kinds/vocabulary/house-rules.ts';

const rules = catalogue.stations.stations.flatMap((one) => one.rules);

/** A waiver of the rule that a deputy is named (OW2), approved by the board on 1 May 2026. */
const waiver = (
  fields: Record<string, string> = {},
  changes: Parameters<typeof record>[2] = {},
  id = 'wvr-1',
) =>
  record('waiver', id, {
    state: 'open',
    owner: 'ann',
    fields: { rule: 'ow2', startsOn: '2026-01-01', endsOn: '2026-12-31', reason: 'Small', ...fields },
    links: { system: ['sys-1'] },
    approvals: [act('approve', { by: 'boss' })],
    ...changes,
  });
/** A system without a deputy, which is a gap of a house rule, with waivers of its own. */
const world = (...waivers: ReturnType<typeof waiver>[]) =>
  having(waivers, changed('sys-1', { fields: { deputy: null } }, goodWorld()));

test('what may be waived is exactly what the catalogue has as rules of the house, by their weight', () => {
  const house = rules.filter(({ source }) => source === 'house');
  expect(houseRules.map(({ id }) => ruleOfOption(id)).sort()).toEqual(house.map(({ id }) => id).sort());
  const levels = { opportunity: 'low', minor: 'moderate', major: 'high' } as const;
  for (const { id, weight } of house)
    expect([id, waiverLevel(id.toLowerCase())]).toEqual([id, levels[weight]]);
  for (const other of [undefined, '', 'sc1', 'toString']) expect(waiverLevel(other)).toBeNull();
  for (const { id, label } of houseRules) expect(label.startsWith(`${ruleOfOption(id)} `)).toBe(true);
});

describe('a gap of a house rule', () => {
  test('stands without a waiver', () => {
    expect(found(world(), 'OW2').verdict).toBe('gap');
  });

  test('is accepted under one in force, with who and until when, and never met', () => {
    const { verdict, gaps } = found(world(waiver()), 'OW2');
    expect(verdict).toBe('accepted');
    expect(gaps[0]?.accepted).toEqual({ by: 'boss', until: '2026-12-31' });
    expect(text(gaps[0]?.sentence ?? [])).toMatch(/WVR-1 sets the rule aside\.$/);
    const ownership = station(world(waiver()), 'ownership');
    expect([ownership.verdict, ownership.holdsUntil]).toEqual(['accepted', '2026-12-31']);
    expect(ownership.holding.map(({ rule }) => rule)).not.toContain('OW2');
    expect(text(ownership.statement)).toBe('Accepted until 2026-12-31 by boss.');
  });

  test.each([
    ['is about another rule', waiver({ rule: 'uc3' })],
    ['was never approved', waiver({}, { approvals: [] })],
    ['was only submitted', waiver({}, { approvals: [act('submit', { by: 'ann' })] })],
    ['has not begun', waiver({ startsOn: '2026-11-22' })],
    ['was ended early', waiver({}, { state: 'ended' })],
    [
      'was withdrawn',
      waiver({}, { approvals: [act('approve'), act('withdraw', { at: '2026-06-01T09:00:00Z' })] }),
    ],
    ['belongs to another system', waiver({}, { links: { system: ['sys-2'] } })],
  ])('stands where the waiver %s', (_, item) => {
    const elsewhere = item.links.system?.[0] === 'sys-2';
    const here = world(...(elsewhere ? [] : [item]));
    const { verdict, gaps } = found(
      { ...here, shared: elsewhere ? [{ ...item, system: 'sys-2' }] : [] },
      'OW2',
    );
    expect(verdict).toBe('gap');
    expect(gaps.some(({ accepted }) => accepted)).toBe(false);
  });

  test('stands again after its last day, and says until when it was waived', () => {
    const last = (endsOn: string) => found(world(waiver({ endsOn })), 'OW2');
    expect(last('2026-11-21').verdict).toBe('accepted');
    const over = last('2026-11-20');
    expect(over.verdict).toBe('gap');
    expect(text(over.gaps[0]?.sentence ?? [])).toMatch(/WVR-1 set the rule aside until 2026-11-20\.$/);
  });

  test('stands under the approved terms while others are written, the longest of several', () => {
    const inForce = { version: 1, links: { system: ['sys-1'] } };
    const fields = { rule: 'ow2', startsOn: '2026-01-01', endsOn: '2026-12-31' };
    const renewed = waiver({ endsOn: '2027-06-30' }, { inForce: { ...inForce, fields } });
    expect(found(world(renewed), 'OW2').until).toBe('2026-12-31');
    const both = world(waiver(), waiver({ endsOn: '2027-03-31' }, {}, 'wvr-2'));
    expect(found(both, 'OW2').until).toBe('2027-03-31');
  });

  test('stands where whoever granted it had no authority of that weight on that day', () => {
    const held = (level: string, member = 'boss') => {
      const row = { id: 'a', dimension: 'waiver', level, member, role: null };
      const authority = [{ ...row, delegate: null, validFrom: '2026-01-01', validTo: null }];
      const made = world(waiver());
      return found({ ...made, organisation: { ...made.organisation, authority } }, 'OW2');
    };
    expect(held('moderate').verdict).toBe('accepted');
    expect(held('low').verdict).toBe('gap');
    expect(held('severe', 'ann').verdict).toBe('gap');
    expect(text(held('low').gaps[0]?.sentence ?? [])).toMatch(/WVR-1 sets nothing aside/);
  });
});

test('no waiver touches what law, a contract or the standard asks for, nor advice', () => {
  // OW1, the accountable owner, is of the standard: whatever a waiver says, its gap stands.
  const nobody = changed('sys-1', { fields: { owner: null, deputy: null }, owner: null });
  const forged = [...houseRules.map(({ id }) => id), 'ow1'].map((rule, at) =>
    waiver({ rule }, {}, `wvr-${at}`),
  );
  const judged = having(forged, nobody);
  expect(found(judged, 'OW2').verdict).toBe('accepted');
  for (const { id, source } of rules)
    if (source !== 'house' && id !== 'CO3')
      expect([id, found(judged, id).verdict === 'accepted']).toEqual([id, false]);
  expect(found(judged, 'OW1').verdict).toBe('gap');
});

test('a waiver ends within a year of its first day, and not before it', () => {
  const says = (startsOn: string | undefined, endsOn: string) =>
    registry.get('waiver').guard?.({ fields: { ...(startsOn ? { startsOn } : {}), endsOn }, links: {} });
  expect(says('2026-01-01', '2026-12-31')).toEqual({});
  expect(says('2026-01-01', '2027')).toEqual({ endsOn: expect.stringContaining('within a year') });
  expect(says('2026-06-01', '2026-05-31')).toEqual({ endsOn: expect.stringContaining('before') });
  expect(says(undefined, '2030-01-01')).toEqual({});
});
