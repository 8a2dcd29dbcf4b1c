import type { Json } from '@throughline/domain/json.ts';
import { expect, test } from 'vitest';
import { testKind } from '../kinds/test-kind.ts';
import { neededFor, stillEmpty } from './step-needs.ts';

const result = { type: 'text', label: 'Result', max: 4000 } as const;
const doneOn = { type: 'day', label: 'Done on' } as const;
const step = (requires: readonly string[]) => ({ label: 'Finish', from: ['open'], to: 'done', requires });
const kind = {
  ...testKind,
  fields: { result, doneOn },
  transitions: { finish: step(['result']), close: step(['result', 'doneOn', 'usesModel']), drop: step([]) },
};

const record = (fields: Readonly<Record<string, Json>>, asks?: readonly string[]) => ({
  fields,
  transitions:
    asks === undefined
      ? []
      : [
          {
            name: 'finish',
            label: 'Finish',
            to: 'done',
            ability: { allowed: false, reason: '', who: [] },
            asks,
          } as const,
        ],
});

test('asks for the fields that the step needs and the record lacks', () => {
  expect(neededFor(kind, record({}), 'finish')).toEqual([{ name: 'result', field: result }]);
  expect(neededFor(kind, record({ result: '' }), 'finish')).toHaveLength(1);
  expect(neededFor(kind, record({ result: 'Done' }), 'finish')).toEqual([]);
  expect(neededFor(kind, record({ result: 'Done' }), 'close').map(({ name }) => name)).toEqual(['doneOn']);
});

test('asks for what the server names, also where words stand there that say nothing', () => {
  expect(neededFor(kind, record({ result: 'n/a' }, ['result']), 'finish')).toEqual([
    { name: 'result', field: result },
  ]);
});

test('asks for what the step itself says, which nothing else writes', () => {
  const why = { type: 'text', label: 'Why', max: 2000, byAct: true } as const;
  const saying = { ...kind, fields: { ...kind.fields, why } };
  expect(neededFor(saying, record({ why: 'As before' }, ['why']), 'finish')).toEqual([
    { name: 'why', field: why },
  ]);
});

test('asks for nothing where a step needs nothing, or is none', () => {
  expect(neededFor(kind, record({}), 'drop')).toEqual([]);
  expect(neededFor(kind, record({}), 'fly')).toEqual([]);
  expect(neededFor(kind, record({}), 'constructor')).toEqual([]);
});

test('what was typed as blanks alone is still missing', () => {
  const needed = neededFor(kind, record({}), 'close');
  expect(stillEmpty(needed, {})).toEqual(['result', 'doneOn']);
  expect(stillEmpty(needed, { result: '   ', doneOn: '2026-03-01' })).toEqual(['result']);
  expect(stillEmpty(needed, { result: 'All letters checked', doneOn: '2026-03-01' })).toEqual([]);
});
