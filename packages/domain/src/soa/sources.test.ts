import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { law, row, soaRecord, treatment } from '../../test/soa/kit.ts';
import { today } from '../../test/trace/kit.ts';
import { Clock } from '../trace/clock.ts';
import { byName } from '../trace/order.ts';
import { callOf, callsOf, demandedOn, firstOf, sourcesOf } from './sources.ts';
import { reasons, type SoaRecord } from './types.ts';

const call = (record: SoaRecord) => callOf(record, new Clock(today));

describe('what calls for a control', () => {
  test.each([
    ['planned', 'treatment'],
    ['under-way', 'treatment'],
    ['done', 'treatment'],
    ['given-up', undefined],
  ])('a treatment that is %s: %s', (state, reason) => {
    expect(call(treatment('trt', { state }))?.reason).toBe(reason);
  });

  test.each([
    ['impact-assessment', true, 'completed', 'impact'],
    ['impact-assessment', false, 'completed', undefined],
    ['impact-assessment', true, 'withdrawn', undefined],
    ['classification', true, 'settled', 'law'],
    ['classification', false, 'settled', undefined],
    ['classification', true, 'withdrawn', undefined],
    ['gate', true, 'passed', 'house-rule'],
    ['gate', false, 'passed', undefined],
    ['gate', true, 'open', undefined],
    ['evidence', true, 'kept', undefined],
  ])('a %s, approved %s, in state %s: %s', (kind, approved, state, reason) => {
    expect(call(soaRecord(kind, 'one', { approved, state, links: { controls: ['ctl'] } }))?.reason).toBe(
      reason,
    );
  });

  test.each([
    ['law', 'taken-on', 'law'],
    ['law', 'open', 'law'],
    ['law', 'declined', 'law'],
    ['law', 'ended', undefined],
    ['contract', 'taken-on', 'contract'],
    ['contract', 'open', undefined],
    ['contract', 'declined', undefined],
    ['house', 'taken-on', 'house-rule'],
    ['standard', 'taken-on', 'good-practice'],
    ['advice', 'taken-on', 'good-practice'],
  ])('a requirement of %s that is %s: %s', (source, state, reason) => {
    expect(call(law('obl', { state, fields: { source } }))?.reason).toBe(reason);
  });

  test.each([
    [{ appliesTo: '2026-11-20' }, true],
    [{ appliesTo: '2026-11-21' }, true],
    [{ appliesFrom: '2026-11-22' }, false],
    [{ appliesFrom: '2026-11-21' }, true],
    [{ appliesFrom: '2026' }, true],
    [{ appliesFrom: '2027' }, false],
    [{}, true],
  ])('law with %j binds now: %s', (days, binding) => {
    expect(call(law('obl', { fields: days }))?.binding).toBe(binding);
  });

  test.each([
    ['contract', '2026-11-20', undefined],
    ['contract', '2026-11-21', 'contract'],
    ['law', '2026-11-20', 'law'],
  ])('a requirement of %s that names %s as its last day: %s', (source, appliesTo, reason) => {
    expect(call(law('obl', { fields: { source, appliesTo } }))?.reason).toBe(reason);
    expect(call(law('obl', { fields: { source, appliesTo }, state: 'ended' }))).toBeNull();
  });

  test('a contract never binds like law, and a passed gate does', () => {
    expect(call(law('obl', { fields: { source: 'contract' } }))?.binding).toBe(false);
    expect(call(soaRecord('gate', 'gat', { state: 'passed', approved: true }))?.binding).toBe(true);
  });
});

test('sources stand in the order of reasons, counted, the first five by name', () => {
  const records = [
    law('obl-1'),
    ...Array.from({ length: 12 }, (_, at) => treatment(`trt-${12 - at}`)),
    soaRecord('impact-assessment', 'ia-1', { approved: true, links: { controls: ['ctl'] } }),
  ];
  const { sources } = row({ records });
  expect(sources.map(({ reason, count, first }) => [reason, count, first.map(({ ref }) => ref)])).toEqual([
    ['treatment', 12, ['TRT-1', 'TRT-2', 'TRT-3', 'TRT-4', 'TRT-5']],
    ['impact', 1, ['IA-1']],
    ['law', 1, ['OBL-1']],
  ]);
});

test('law demands a control on its own system, and a shared one on the systems that it names', () => {
  const records = [
    law('obl-1', { system: 'sys-1' }),
    law('obl-2', { system: null, links: { controls: ['ctl'], concerns: ['sys-2', 'sys-3'] } }),
    law('obl-3', { system: 'sys-4', fields: { appliesFrom: '2027' } }),
    treatment('trt-1', { system: 'sys-5' }),
  ];
  const calls = callsOf(records, new Clock(today));
  expect([...demandedOn(calls)].sort()).toEqual(['sys-1', 'sys-2', 'sys-3']);
});

test('the first few are those that sorting all of them would give', () => {
  const refs = fc.array(
    fc.nat({ max: 60 }).map((n) => ({ ref: `TRT-${n}` })),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(refs, fc.integer({ min: 1, max: 8 }), (records, most) => {
      const sorted = [...records].sort((a, b) => byName(a.ref, b.ref)).slice(0, most);
      expect(firstOf(records, most).map(({ ref }) => ref)).toEqual(sorted.map(({ ref }) => ref));
    }),
  );
});

test('sources count every call once, under one reason', () => {
  const kinds = fc.constantFrom('treatment', 'obligation', 'gate', 'impact-assessment');
  const states = fc.constantFrom('passed', 'taken-on', 'given-up', 'ended', 'open');
  const records = fc.array(fc.tuple(kinds, states, fc.boolean()), { maxLength: 30 });
  fc.assert(
    fc.property(records, (some) => {
      const made = some.map(([kind, state, approved], at) =>
        soaRecord(kind, `rec-${at}`, { state, approved, links: { controls: ['ctl'] } }),
      );
      const calls = callsOf(made, new Clock(today));
      const sources = sourcesOf(calls);
      expect(sources.reduce((total, { count }) => total + count, 0)).toBe(calls.length);
      expect(sources.map(({ reason }) => reason)).toEqual(
        reasons.filter((reason) => calls.some((one) => one.reason === reason)),
      );
    }),
  );
});
