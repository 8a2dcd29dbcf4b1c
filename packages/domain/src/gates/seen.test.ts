import { expect, test } from 'vitest';
import { record } from '../../test/trace/kit.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import { takenRows } from './answers.ts';
import type { Criterion } from './derive.ts';
import { isSeenNow, seenBy, seenObstacles } from './seen.ts';

const met = (key: string, records: readonly string[], finding: Criterion['finding'] = 'met'): Criterion => ({
  ...{ key, text: `Text of ${key}`, source: 'standard', from: { type: 'line', refs: [] } },
  ...{ finding, says: [], records, action: null },
});
const find = (...records: readonly TraceRecord[]) => {
  const byId = new Map(records.map((one) => [one.id, one]));
  return (id: string) => byId.get(id);
};
const assessment = record('impact-assessment', 'ia-1', { version: 4 });
const plan = record('log-plan', 'lgp-1');
const criteria = [met('IM1', ['ia-1']), met('RE7', ['lgp-1']), met('RI1', ['rsk-1'], 'not-met')];
/** A gate as it was taken with these records in the line. */
const taken = (...records: readonly TraceRecord[]) => {
  const seen = seenBy(criteria, find(...records), 'gat-1');
  return { fields: { criteria: takenRows({}, criteria, seen.cell) }, links: { seen: seen.links } };
};

test('what is met is what it stands on; systems, tasks, the gate itself and what is gone are not', () => {
  const all = ['ia-1', 'sys-1', 'tsk-1', 'gat-1', 'gone', 'old'];
  const others = [
    ...[record('system', 'sys-1'), record('task', 'tsk-1'), record('gate', 'gat-1')],
    record('risk', 'old', { archived: true }),
  ];
  expect(seenBy([met('IM1', all)], find(assessment, ...others), 'gat-1').links).toEqual(['ia-1']);
  expect(seenBy(criteria, find(assessment, plan), 'gat-1').links).toEqual(['ia-1', 'lgp-1']);
});

test('versions are named as they count, and however many stay one line', () => {
  const { cell } = seenBy(criteria, find(assessment), 'gat-1');
  expect(cell(met('IM1', ['ia-1', 'gone']))).toBe('IA-1 v4');
  const inForce = { version: 2, fields: {}, links: {} };
  expect(seenBy(criteria, find({ ...assessment, inForce }), 'g').cell(met('IM1', ['ia-1']))).toBe('IA-1 v2');
  const many = Array.from({ length: 90 }, (_, at) => record('risk', `rsk-${at}`));
  const long = seenBy([], find(...many), 'g').cell(
    met(
      'RI1',
      many.map(({ id }) => id),
    ),
  );
  expect([long.length <= 400, long.endsWith('and more')]).toEqual([true, true]);
});

test('records that were read in another order are the same that were seen', () => {
  const [a, b, c] = [record('risk', 'rsk-2'), record('risk', 'rsk-10'), record('risk', 'rsk-9')];
  const inOrder = (...ids: readonly string[]) => seenBy([], find(a, b, c), 'g').cell(met('RI1', ids));
  expect(inOrder('rsk-2', 'rsk-10', 'rsk-9')).toBe('RSK-2 v1, RSK-9 v1, RSK-10 v1');
  expect(inOrder('rsk-9', 'rsk-2', 'rsk-10')).toBe(inOrder('rsk-2', 'rsk-10', 'rsk-9'));
});

test('another version, another record, one less or one put there by hand is not what the line says now', () => {
  const now = seenBy(criteria, find(assessment, plan), 'gat-1');
  const good = taken(assessment, plan);
  expect([isSeenNow(good, criteria, now), seenObstacles(good, criteria, now)]).toEqual([true, []]);
  const [first, ...rest] = good.fields.criteria;
  const told = { ...good, fields: { criteria: [{ ...first, seen: 'Board minutes of 2019' }, ...rest] } };
  const wrong = [
    taken({ ...assessment, version: 3 }, plan),
    taken(assessment),
    { ...good, links: {} },
    { ...good, links: { seen: ['ia-1', 'lgp-1', 'pol-1'] } },
    told,
  ];
  for (const content of wrong) expect(seenObstacles(content, criteria, now)).toHaveLength(1);
});
