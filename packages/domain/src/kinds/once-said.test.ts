import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { isWorded } from '../text.ts';
import { cellText, says, tellsWhy, textOf } from '../trace/read.ts';
import { registry } from './all.ts';
import { around } from './testing.ts';

const whole: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  'requirement-spec': {
    need: 'Sorting by hand takes days',
    requirements: [{ number: '1', requirement: 'Sorts', origin: 'need', acceptance: 'In 2 s' }],
  },
  'design-record': {
    architecture: 'One service',
    choices: [{ choice: 'Rules', reason: 'They can be read' }],
  },
  'log-plan': {
    events: [{ event: 'Output', why: 'To see it later' }],
    stages: ['operation-monitoring'],
    heldBy: 'organisation',
    retentionMonths: 24,
    access: 'Internal audit',
  },
  'system-card': {
    purpose: 'Sorts',
    limits: 'Poor language',
    performance: '93 %',
    oversight: 'Each is read',
  },
};

describe.each(Object.entries(whole))('%s', (name, fields) => {
  const lack = (more: Readonly<Record<string, Json>>) =>
    registry.get(name).approvable?.lacks?.({ fields: { ...fields, ...more }, links: {} }, around);

  test('is approved once every part says something', () => {
    expect(lack({})).toBeUndefined();
  });

  test.each(Object.keys(fields))('is not approved without %s', (part) => {
    expect(lack({ [part]: null })).toEqual({
      says: expect.stringMatching(/^Blank is not approved: “.+” says nothing yet\.$/),
      parts: [part],
    });
  });

  test('is not approved with a text of nothing, in a field or in one row of many', () => {
    for (const [part, value] of Object.entries(fields)) {
      if (typeof value === 'string' && part !== 'heldBy')
        for (const nothing of ['.', '- -', '…', 'xxxx'])
          expect(lack({ [part]: nothing })?.parts).toEqual([part]);
      if (!Array.isArray(value) || typeof value[0] === 'string') continue;
      const [row] = value;
      for (const column of Object.keys(row ?? {}).filter((column) => column !== 'number'))
        expect(lack({ [part]: [...value, { ...Object(row), [column]: '.' }] })?.parts, column).toEqual([
          part,
        ]);
    }
  });
});

test('two requirements do not share a number', () => {
  const guard = (...numbers: string[]) =>
    registry.get('requirement-spec').guard?.({
      fields: { requirements: numbers.map((number) => ({ number, requirement: 'Sorts' })) },
      links: {},
    });
  expect(guard('1', '2', '1')).toEqual({ requirements: 'Two requirements have the number 1.' });
  expect(guard('1', '2')).toEqual({});
});

test.each([
  ['xxxx', false],
  ['AAAAAA', false],
  ['aaa aaa.', false],
  ['.', false],
  ['xxx', true],
  ['AAA', true],
  ['0000', true],
  ['aaab', true],
  ['Mmm, no', true],
])('of %j, that it says something is %s', (words, says) => {
  expect(isWorded(words)).toBe(says);
});

test('where it is said why, the name of the field or the column says so, and a placeholder says nothing', () => {
  const asked = registry.kinds.flatMap(({ name: kind, fields }) =>
    Object.entries(fields).flatMap(([name, field]) => {
      const cells = field.type === 'rows' ? Object.entries(field.columns) : [];
      return [[name, field] as const, ...cells].flatMap(([part, { label, type }]) =>
        ['line', 'text'].includes(type) && /^(?:why|reason|because|justification)\b/i.test(label)
          ? [`${kind} ${part}`]
          : [],
      );
    }),
  );
  expect(asked).toContain('treatment cancelReason');
  expect(asked).toContain('impact-assessment reason');
  expect(asked.filter((one) => !tellsWhy(one.split(' ')[1] ?? ''))).toEqual([]);
  const reads = (part: string, value: string) => says({ fields: { [part]: value }, links: {} }, part);
  for (const placeholder of ['n/a', 'None.', 'TBD', '.']) {
    expect([reads('cancelReason', placeholder), cellText({ reason: placeholder }, 'reason')]).toEqual([
      false,
      null,
    ]);
    expect(textOf({ fields: { closingNote: placeholder }, links: {} }, 'closingNote')).toBeNull();
  }
  // Where something else is asked, nothing may be the answer.
  expect(reads('limitations', 'None.')).toBe(true);
});
