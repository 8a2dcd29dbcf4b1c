import { expect, test } from 'vitest';
import {
  catalogue,
  found,
  now,
  record,
  station,
  system,
  text,
  trace,
  type World,
} from '../../test/trace/kit.ts';
import { misses } from '../../test/trace/misses/all.ts';
import { changed, duty, goodWorld, having, without } from '../../test/trace/world.ts';
import type { Json } from '../json.ts';
import { registry } from '../kinds/all.ts';
import type { TraceRecord } from './inputs.ts';
import { laterRules, partlyJudged } from './later.ts';
import { sentences } from './say.ts';
import { demandedFrom } from './stages.ts';
import { stationRules } from './stations/all.ts';

const declared = catalogue.stations.stations.flatMap(({ id, rules }) =>
  rules.map((rule) => ({ ...rule, station: id })),
);
const judged = Object.values(stationRules).flatMap(({ id, rules }) =>
  rules.map((rule) => ({ id: rule.id, station: id })),
);
const home = { system: ['sys-1'] };
const at = (stage: string): World => changed('sys-1', { state: stage });

test('every rule of the catalogue is judged or waits for a later release, and never both', () => {
  for (const { id } of declared) {
    const here = judged.filter((rule) => rule.id === id).length;
    expect([id, here + Number(id in laterRules)]).toEqual([id, 1]);
  }
});

test('no rule in code is unknown to the catalogue, and each stands at its own station', () => {
  for (const rule of judged) expect(declared.find(({ id }) => id === rule.id)?.station).toBe(rule.station);
  for (const id of Object.keys(laterRules)) expect(declared.some((rule) => rule.id === id)).toBe(true);
  for (const id of Object.keys(partlyJudged)) expect(judged.some((rule) => rule.id === id)).toBe(true);
});

test('what a rule waits for is a kind of the vocabulary that this release does not declare, or that no line reads', () => {
  const vocabulary = new Set(catalogue.records.kinds.map(({ id }) => id));
  for (const kind of [...Object.values(laterRules), ...Object.values(partlyJudged)].flat()) {
    const there = registry.find(kind)?.sealed ? undefined : registry.find(kind);
    expect([kind, vocabulary.has(kind), there]).toEqual([kind, true, undefined]);
  }
});

test('the fifteen stations come in the order of the catalogue, and the strip has one letter for each', () => {
  const line = trace();
  expect(line.stations.map(({ id }) => id)).toEqual(catalogue.stations.meta.order);
  expect(line.strip).toMatch(/^[hsgaun-]{15}$/);
});

test('a freshly imported live system shows its gaps, each with a day and an action or what it falls with', () => {
  const imported = trace({
    own: [record('use-case', 'uc-1', { state: 'in-use', fields: { purpose: 'Sort claims' }, links: home })],
  });
  const rules = imported.stations.flatMap(({ gaps }) => gaps.map(({ rule }) => rule));
  for (const rule of ['OW1', 'UC1', 'UC2', 'CL2', 'IM1', 'RI2', 'CO1', 'RE1', 'OP1', 'EV1']) {
    expect(rules).toContain(rule);
  }
  for (const gap of imported.stations.flatMap(({ gaps }) => gaps)) {
    expect(gap.since).not.toBeNull();
    expect((gap.action === null) !== (gap.causedBy === null)).toBe(true);
  }
  expect(imported.strip).not.toContain('h');
});

test('gaps fall along the line: risk with impact, controls with risk, evidence with controls', () => {
  const bare = { own: [record('use-case', 'uc-1', { state: 'in-use', links: home })] };
  const cause = (rule: string) => found(bare, rule).gaps[0]?.causedBy;
  expect(cause('RI2')).toEqual({ station: 'impact' });
  expect(cause('CO1')).toEqual({ station: 'risk' });
  expect(cause('EV1')).toEqual({ station: 'controls' });
  expect(cause('RE1')).toEqual({ station: 'supply' });
  expect(cause('PO1')).toEqual({ organisation: '5.2' });
  expect(cause('SC1')).toEqual({ organisation: '4.3' });
  expect(cause('CO3')).toEqual({ organisation: '6.1.3' });
});

test('a station has the worst verdict of its rules', () => {
  for (const [, , world] of misses) {
    for (const result of trace(world()).stations.filter(({ verdict }) => verdict !== 'not-started')) {
      const gap = result.gaps.some(({ accepted }) => accepted === undefined);
      const worst = gap
        ? 'gap'
        : result.unverifiable.length > 0
          ? 'unverifiable'
          : result.gaps.length > 0
            ? 'accepted'
            : result.holding.length > 0
              ? 'holds'
              : 'not-applicable';
      expect(result.verdict).toBe(worst);
    }
  }
});

test('a live system never has a station that is not started', () => {
  for (const stage of ['operation-monitoring', 'continuous-validation', 're-evaluation', 'a-word-unknown']) {
    expect(trace({ system: system({ state: stage }) }).strip).not.toContain('n');
    expect(trace(at(stage)).strip).not.toContain('n');
  }
});

test.each([
  ['inception', 3],
  ['design-development', 5],
  ['verification-validation', 8],
  ['deployment', 10],
] as const)('at %s the stations asked for are those of its stage', (stage, count) => {
  const line = trace({ system: system({ state: stage, fields: { liveSince: null } }) });
  const notStarted = line.stations.filter(({ verdict }) => verdict === 'not-started');
  // Correction is asked for at every stage; without a nonconformity it does not apply.
  expect(15 - notStarted.length - 1).toBe(count);
  for (const { id, statement, gaps } of notStarted) {
    expect(text(statement)).toBe(demandedFrom[id].because);
    expect(gaps).toEqual([]);
  }
  expect(line.summary.notStarted).toBe(notStarted.length);
});

test('a system that ran and was taken back is asked for what was asked of it while it ran', () => {
  const back = (ran: boolean) =>
    trace({ system: system({ state: 'design-development', ...(ran ? { ran } : {}) }) });
  expect(back(false).strip).toContain('n');
  expect([back(true).strip.includes('n'), back(true).summary.notStarted]).toEqual([false, 0]);
});

test('an untriaged incident is a gap before a station is asked for and outside the scope', () => {
  const incident = record('incident', 'inc-1', { fields: { triageBy: '2026-11-01T00:00:00Z' }, links: home });
  expect(station(having([incident], changed('sys-1', { state: 'inception' })), 'assurance').verdict).toBe(
    'gap',
  );
  const excluded = changed(
    'doc-scope',
    { links: { excludesSystems: ['sys-1'] }, fields: { exclusions: 'Pilot of another firm' } },
    having([incident]),
  );
  expect(found(excluded, 'AS4').verdict).toBe('gap');
});

test('exclusion from scope switches off standard, house and advice, and never law', () => {
  const excluded = changed(
    'doc-scope',
    { links: { excludesSystems: ['sys-1'] }, fields: { exclusions: 'Pilot of another firm' } },
    having([duty('OB-26-1')], changed('sys-1', { fields: { inScope: 'no' } }, without(['ia-1', 'cla-1']))),
  );
  expect(found(excluded, 'SC1').verdict).toBe('holds');
  for (const rule of ['IM1', 'CL2', 'IM8']) expect(found(excluded, rule).verdict).toBe('not-applicable');
  expect(found(excluded, 'CL1').verdict).toBe('gap');
  expect(found(excluded, 'UC6').verdict).toBe('holds');
});

test('an exclusion without a reason switches nothing off', () => {
  const world = changed('doc-scope', { links: { excludesSystems: ['sys-1'] } }, without(['ia-1']));
  expect(found(world, 'IM1').verdict).toBe('gap');
});

test('a duty of law binds from its day: before, its date is shown and nothing is missed', () => {
  const on = (day: string) =>
    having([duty('OB-26-1', day)], changed('uc-1', { fields: { instructionMeasures: null } }));
  const upcoming = found(on('2026-12-02'), 'UC6');
  expect(upcoming.verdict).toBe('not-applicable');
  const why = station(on('2026-12-02'), 'use-cases').notApplicable.find(({ rule }) => rule === 'UC6')?.why;
  expect(text(why ?? [])).toContain('2026-12-02');
  expect(found(on('2026-11-21'), 'UC6').verdict).toBe('gap');
  const later = { ...on('2026-12-02'), now: new Date('2026-12-02T12:00:00Z') };
  expect(found(later, 'UC6').verdict).toBe('gap');
});

test('a duty that ended or that names another system binds nobody', () => {
  const missing = changed('uc-1', { fields: { instructionMeasures: null } });
  const base = duty('OB-26-1');
  expect(found(having([{ ...base, state: 'ended' }], missing), 'UC6').verdict).toBe('not-applicable');
  const past = { ...base, fields: { ...base.fields, appliesTo: '2026-10' } };
  // One person's last day ends nothing: another takes the step.
  expect(found(having([past], missing), 'UC6').verdict).toBe('gap');
  expect(found(having([{ ...past, state: 'ended' }], missing), 'UC6').verdict).toBe('not-applicable');
  const shared = { ...missing, records: [...missing.records, { ...base, links: { concerns: ['sys-2'] } }] };
  expect(found(shared, 'UC6').verdict).toBe('not-applicable');
  const named = { ...missing, records: [...missing.records, { ...base, links: { concerns: ['sys-1'] } }] };
  expect(found(named, 'UC6').verdict).toBe('gap');
});

test('a retired system keeps correction, incidents and retention, and nothing else applies', () => {
  const retired = changed('sys-1', { state: 'retirement', fields: { retiredOn: '2026-10-31' } });
  const line = trace(retired);
  for (const id of ['scope', 'ownership', 'risk', 'controls', 'operation']) {
    const result = line.stations.find((candidate) => candidate.id === id);
    expect(result?.verdict).toBe('not-applicable');
    expect(text(result?.statement ?? [])).toContain('2026-10-31');
  }
  expect(found(retired, 'CR4').verdict).toBe('holds');
  expect(found(retired, 'IM5').verdict).toBe('holds');
  expect(found(retired, 'EV6').verdict).toBe('holds');
  expect(found(retired, 'UC4').verdict).toBe('gap');
  expect(line.strip).not.toContain('n');
});

test('a planned control is accepted before its first date while its interim risk is accepted, and never after', () => {
  const planned = (first: string) =>
    changed(
      'rsk-1',
      { fields: { acceptanceType: 'interim' } },
      changed('imp-1', {
        state: 'planned',
        fields: { firstPlannedOn: first, plannedOn: first },
        links: { interimRisk: ['rsk-1'] },
      }),
    );
  const accepted = found(planned('2027-01-31'), 'CO3');
  expect(accepted).toMatchObject({ verdict: 'accepted', until: '2027-01-31' });
  expect(accepted.gaps[0]?.accepted?.by).toBe('boss');
  const controls = station(planned('2027-01-31'), 'controls');
  expect(controls.verdict).toBe('accepted');
  expect(text(controls.statement)).toBe('Accepted until 2027-01-31 by boss.');
  expect(trace(planned('2027-01-31')).strip[8]).toBe('a');
  expect(found(planned('2026-11-20'), 'CO3').verdict).toBe('gap');
});

test('without an adopted length a rule is judged by the record’s own next day, else it cannot be judged', () => {
  const world = goodWorld();
  const none = { ...world, organisation: { ...world.organisation, intervals: {} } };
  expect(found(none, 'IM3').verdict).toBe('unverifiable');
  const own = changed('ia-1', { fields: { nextReview: '2027-02-28' } });
  const planned = { ...own, organisation: { ...own.organisation, intervals: {} } };
  expect(found(planned, 'IM3')).toMatchObject({ verdict: 'holds', until: '2027-02-28' });
  expect(found({ ...planned, now: new Date('2027-03-01T12:00:00Z') }, 'IM3').verdict).toBe('gap');
});

test('time turns a rule on the day after its last one, and the line says when to look again', () => {
  const world = goodWorld();
  const before = trace(world);
  expect(before.recheckAt).toBe('2026-12-10T23:00:00.000Z');
  expect(before.summary.next).toEqual({ station: 'operation', day: '2026-12-10' });
  expect(trace({ ...world, now: new Date('2026-12-10T22:59:00Z') }).strip[11]).toBe('s');
  expect(trace({ ...world, now: new Date('2026-12-10T23:00:00Z') }).strip[11]).toBe('g');
});

test('a day known only to the month is over when the month is', () => {
  const month = changed('ia-1', { fields: { nextReview: '2026-11' } });
  expect(found(month, 'IM3')).toMatchObject({ verdict: 'holds', until: '2026-11-30' });
});

test('"soon" begins thirty days before the end', () => {
  const until = (day: string) => station(changed('ia-1', { fields: { nextReview: day } }), 'impact').soon;
  expect(until('2026-12-21')).toBe(true);
  expect(until('2026-12-22')).toBe(false);
});

test('a record that belongs to nothing here changes nothing', () => {
  const stray = record('supplier', 'sup-9', { state: 'in-use' });
  const other = record('risk', 'rsk-9', {
    system: 'sys-2',
    state: 'identified',
    links: { system: ['sys-2'] },
  });
  const world = goodWorld();
  const { asOf: _, ...line } = trace(world);
  const { asOf: __, ...more } = trace({ ...world, records: [...world.records, stray], shared: [other] });
  expect(more).toEqual(line);
});

test('the same inputs give the same line, in whatever order the records come', () => {
  for (const [, , world] of misses.filter((_, position) => position % 7 === 0)) {
    const one = world();
    const other = {
      ...one,
      own: [...(one.own ?? [])].reverse(),
      records: [...(one.records ?? [])].reverse(),
    };
    const verdicts = (from: World) =>
      trace(from).stations.map(({ id, verdict, gaps }) => [id, verdict, gaps.length]);
    expect(trace(one)).toEqual(trace(one));
    expect(verdicts(other)).toEqual(verdicts(one));
  }
});

test('an archived record counts for nothing', () => {
  expect(found(changed('ia-1', { archived: true }), 'IM1').verdict).toBe('gap');
});

test('every sentence fits: at most 25 words, plain words, and no slot left open', () => {
  const forbidden = /\b(compliant|certified|successfully|please|oops|invalid)\b|!/i;
  for (const [id, template] of Object.entries(sentences)) {
    const filled = template.replaceAll(/\{\w+\}/g, 'SYS-412, SYS-413, SYS-414 and 7 more'.slice(0, 7));
    expect([id, filled.split(/\s+/).length <= 25]).toEqual([id, true]);
    expect([id, forbidden.test(template)]).toEqual([id, false]);
    expect([id, /[.?]$/.test(template)]).toEqual([id, true]);
  }
  const statements = trace(goodWorld()).stations.map(({ statement }) => text(statement));
  for (const statement of statements) expect(statement.length).toBeLessThanOrEqual(80);
});

test('every sentence that a broken world says is whole', () => {
  for (const [, , world] of misses) {
    for (const result of trace(world()).stations) {
      const said = [result.statement, ...result.gaps.map((gap) => gap.sentence)].map(text);
      for (const sentence of [...said, ...result.unverifiable.map(({ why }) => text(why))]) {
        expect(sentence).not.toMatch(/[{}]|undefined|null|\[object/);
        expect(sentence.split(/\s+/).length).toBeLessThanOrEqual(28);
      }
    }
  }
});

/** Notes which parts of which kind the rules read. */
function watched(item: TraceRecord, seen: Map<string, Set<string>>): TraceRecord {
  const note = (part: string) => {
    const parts = seen.get(item.kind) ?? new Set();
    parts.add(part);
    seen.set(item.kind, parts);
  };
  const spy = <Value>(target: Readonly<Record<string, Value>>) =>
    new Proxy(target, {
      get: (from, name) => {
        if (typeof name === 'string') note(name);
        return Reflect.get(from, name);
      },
    });
  return { ...item, fields: spy<Json>(item.fields), links: spy<readonly string[]>(item.links) };
}

test('rules read no field and no relation that a kind does not declare', () => {
  const seen = new Map<string, Set<string>>();
  for (const [, , world] of misses) {
    const one = world();
    const each = (items: readonly TraceRecord[] = []) => items.map((item) => watched(item, seen));
    trace({
      ...one,
      system: watched(one.system ?? system(), seen),
      own: each(one.own),
      records: each(one.records),
    });
  }
  const unknown = [...seen].flatMap(([kind, parts]) => {
    const declaration = registry.get(kind);
    return [...parts]
      .filter(
        (part) => !(part in declaration.fields) && !(part in declaration.relations) && part !== 'toJSON',
      )
      .map((part) => `${kind}.${part}`);
  });
  expect(unknown).toEqual([]);
});

test('actions name fields, relations, steps and kinds that are declared', () => {
  for (const [rule, what, world] of misses) {
    const one = world();
    const kinds = new Map(
      [one.system ?? system(), ...(one.own ?? []), ...(one.records ?? [])].map((item) => [item.id, item]),
    );
    for (const { action } of trace(one).stations.flatMap(({ gaps }) => gaps)) {
      if (!action) continue;
      const kindOf = (id: string) => registry.get(kinds.get(id)?.kind ?? '');
      const deed = action.do;
      const where = `${rule} ${what} ${JSON.stringify(action.label)}`;
      if (deed.type === 'create') {
        const kind = registry.get(deed.kind);
        for (const name of Object.keys(deed.fields))
          expect([where, name in kind.fields]).toEqual([where, true]);
        for (const name of Object.keys(deed.links))
          expect([where, name in kind.relations]).toEqual([where, true]);
      } else if (deed.type === 'edit') {
        const kind = kindOf(deed.record);
        expect([where, deed.part in kind.fields || deed.part in kind.relations]).toEqual([where, true]);
      } else if (deed.type === 'step') {
        const step = kindOf(deed.record).lifecycle.transitions[deed.transition];
        expect([where, step?.from.includes(kinds.get(deed.record)?.state ?? '')]).toEqual([where, true]);
      } else if (deed.type === 'approve') {
        expect([where, kindOf(deed.record).approvable !== undefined]).toEqual([where, true]);
      }
    }
  }
});

test('facts of another day are made again', () => {
  const world = changed('ia-1', { fields: { nextReview: '2026-11-30' } });
  expect(found(world, 'IM3').verdict).toBe('holds');
  expect(now.toISOString().slice(0, 10)).toBe('2026-11-21');
  expect(found({ ...world, now: new Date('2026-12-01T12:00:00Z') }, 'IM3').verdict).toBe('gap');
});
