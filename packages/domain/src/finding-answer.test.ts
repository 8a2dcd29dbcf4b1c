import { describe, expect, test } from 'vitest';
import {
  answering,
  answerParts,
  asksArea,
  auditedObstacle,
  type Hands,
  moveAsAct,
} from './finding-answer.ts';
import { registry } from './kinds/all.ts';

const nobody: Hands = {
  owner: false,
  owned: false,
  systemOwner: false,
  answered: false,
  raised: false,
  area: false,
};
const open = { kind: 'finding', state: 'open', fields: { grade: 'major', raisedBy: 'ivy' } };
const edit = (...changed: string[]) => ({ act: 'edit', changed }) as const;

describe('those whom a finding is about', () => {
  test.each(['owner', 'systemOwner'] as const)('as its %s write the answer alone', (who) => {
    const hands = { ...nobody, [who]: true };
    expect(auditedObstacle(edit(...answerParts), open, hands)).toBeUndefined();
    for (const part of [
      'grade',
      'gradeReason',
      'requirement',
      'requirementSource',
      'seen',
      'raisedBy',
      'owner',
      'system',
    ])
      expect(auditedObstacle(edit('answer', part), open, hands), part).toMatch(/you write the answer/);
  });

  test('handed it on, had a part in what was audited, and grade it no more than its owner does; unless they raised it', () => {
    for (const who of ['owned', 'area'] as const) {
      const hands = { ...nobody, [who]: true };
      expect(auditedObstacle(edit(...answerParts), open, hands)).toBeUndefined();
      expect(auditedObstacle(edit('grade'), open, hands), who).toMatch(/you write the answer/);
      expect(auditedObstacle(edit('grade'), open, { ...hands, raised: true }), who).toBeUndefined();
    }
  });

  test.each(['owner', 'owned', 'systemOwner', 'answered'] as const)(
    'as %s neither close nor archive it',
    (who) => {
      const hands = { ...nobody, raised: true, [who]: true };
      for (const state of ['open', 'answered', 'closed'])
        for (const act of ['close', 'archive'] as const)
          expect(auditedObstacle({ act }, { ...open, state }, hands)).toMatch(
            /so somebody else (closes|archives) it\.$/,
          );
    },
  );

  test('whoever only wrote the answer may still write the rest, as an auditor who took it down does', () => {
    expect(auditedObstacle(edit('grade'), open, { ...nobody, answered: true })).toBeUndefined();
  });
});

describe('everybody else', () => {
  test('edits and closes it', () => {
    expect(auditedObstacle(edit('grade', 'seen'), open, nobody)).toBeUndefined();
    expect(auditedObstacle({ act: 'close' }, { ...open, state: 'answered' }, nobody)).toBeUndefined();
  });

  test('archives what is closed; a major or minor that is not, whoever raised it archives', () => {
    const archive = { act: 'archive' } as const;
    for (const grade of ['major', 'minor'])
      for (const state of ['open', 'answered']) {
        const found = { kind: 'finding', state, fields: { ...open.fields, grade } };
        expect(auditedObstacle(archive, found, nobody)).toBe(
          'It is not closed, so whoever raised it archives it.',
        );
        expect(auditedObstacle(archive, found, { ...nobody, raised: true })).toBeUndefined();
      }
    expect(auditedObstacle(archive, { ...open, state: 'closed' }, nobody)).toBeUndefined();
    expect(
      auditedObstacle(archive, { ...open, fields: { grade: 'opportunity', raisedBy: 'ivy' } }, nobody),
    ).toBeUndefined();
    expect(auditedObstacle(archive, { ...open, fields: { grade: 'major' } }, nobody)).toBeUndefined();
  });
});

test('an open finding, graded or not and whoever raised it, is archived by nobody who had a part in what was audited', () => {
  const archive = { act: 'archive' } as const;
  const audited = { ...nobody, area: true };
  for (const fields of [{}, { grade: 'major' }, { grade: 'minor', raisedBy: 'ivy' }, { raisedBy: 'ivy' }]) {
    const found = { kind: 'finding', state: 'open', fields };
    expect(auditedObstacle(archive, found, audited)).toBe(
      'You had a part in what was audited, so somebody else archives it.',
    );
    expect(auditedObstacle(archive, found, { ...audited, raised: true })).toBeUndefined();
    expect(auditedObstacle(archive, { ...found, state: 'closed' }, audited)).toBeUndefined();
  }
});

test('a walk that was drawn, a test and a verification that began are stopped, opened again and archived by nobody who had a part in what they look at', () => {
  const audited = { ...nobody, area: true };
  for (const act of ['archive', 'cancel', 'reopen'] as const)
    for (const [kind, states, free] of [
      ['walk', ['drawn', 'under-way', 'concluded'], ['dropped']],
      ['control-test', ['under-way', 'concluded'], ['planned', 'cancelled']],
      ['verification', ['under-way', 'concluded'], ['planned', 'called-off']],
    ] as const) {
      for (const state of states) {
        expect(auditedObstacle({ act }, { kind, state, fields: {} }, audited)).toMatch(
          /^You had a part in what is (walked|tested|verified, or in its testing), so somebody else (archives it|stops it|opens it again)\.$/,
        );
        expect(auditedObstacle({ act }, { kind, state, fields: {} }, nobody)).toBeUndefined();
      }
      for (const state of free)
        expect(auditedObstacle({ act }, { kind, state, fields: {} }, audited), state).toBeUndefined();
    }
  expect(
    auditedObstacle(edit('name'), { kind: 'walk', state: 'drawn', fields: {} }, audited),
  ).toBeUndefined();
});

test('what was found is archived neither by whose word it is nor, open again or called off, by who had a part in it', () => {
  const archive = { act: 'archive' } as const;
  for (const kind of ['control-test', 'verification']) {
    for (const state of ['concluded', 'under-way', 'cancelled']) {
      const said = { kind, state, fields: {} };
      expect(auditedObstacle(archive, said, { ...nobody, found: true, gave: true })).toBe(
        'What was found here is your word, so somebody else archives it.',
      );
      expect(auditedObstacle(archive, said, { ...nobody, found: true, area: true })).toMatch(/had a part/);
      expect(auditedObstacle(archive, said, { ...nobody, found: true })).toBeUndefined();
    }
    const never = { kind, state: 'cancelled', fields: {} };
    expect(auditedObstacle(archive, never, { ...nobody, gave: true, area: true })).toBeUndefined();
  }
});

test('an audit that runs or is reported is stopped, opened and archived by nobody who had a part in what is audited', () => {
  const audit = (state: string) => ({ kind: 'audit', state, fields: {} });
  const audited = { ...nobody, area: true };
  for (const act of ['archive', 'reopen', 'cancel'] as const) {
    for (const state of ['under-way', 'reported']) {
      expect(auditedObstacle({ act }, audit(state), audited)).toMatch(
        /^You had a part in what is audited, so somebody else (archives it|opens it again|stops it)\.$/,
      );
      expect(auditedObstacle({ act }, audit(state), nobody)).toBeUndefined();
    }
    for (const state of ['planned', 'cancelled'])
      expect(auditedObstacle({ act }, audit(state), audited), state).toBeUndefined();
  }
});

test('whoever is audited writes their answer to a running audit and nothing else of it', () => {
  const running = { kind: 'audit', state: 'under-way', fields: {} };
  const audited = { ...nobody, area: true };
  expect(auditedObstacle(edit('auditeeResponse', 'auditeeNote'), running, audited)).toBeUndefined();
  for (const part of ['scope', 'conclusion', 'lead', 'systems', 'sample'])
    expect(auditedObstacle(edit('auditeeNote', part), running, audited), part).toMatch(
      /left to the auditors/,
    );
  expect(auditedObstacle(edit('scope'), running, nobody)).toBeUndefined();
  expect(auditedObstacle(edit('scope'), { ...running, state: 'planned' }, audited)).toBeUndefined();
});

test('the steps that count as acts are steps of their kinds, and who is audited is looked up for nothing else', () => {
  const steps = registry.kinds.flatMap(({ name, lifecycle }) =>
    Object.entries(lifecycle.transitions).flatMap(([step, { from, to }]) =>
      from.some((state) => moveAsAct(name, state, to)) ? [`${name}.${step}`] : [],
    ),
  );
  expect(steps.sort()).toEqual([
    'audit.cancel',
    'audit.reopen',
    'control-test.cancel',
    'control-test.reopen',
    'finding.close',
    'verification.callOff',
    'verification.reopen',
    'walk.drop',
    'walk.resume',
  ]);
  expect(moveAsAct('audit', 'under-way', 'planned')).toEqual({ act: 'cancel' });
  expect(moveAsAct('audit', 'planned', 'under-way')).toBeUndefined();
  for (const kind of ['walk', 'control-test', 'verification'])
    expect(moveAsAct(kind, 'concluded', 'under-way')).toEqual({ act: 'reopen' });
  expect(moveAsAct('control-test', 'cancelled', 'under-way')).toBeUndefined();
  expect(moveAsAct('walk', 'dropped', 'under-way')).toBeUndefined();
  expect(moveAsAct('verification', 'called-off', 'under-way')).toBeUndefined();
  expect(moveAsAct('audit', 'under-way', 'reported')).toBeUndefined();
  expect(asksArea({ kind: 'audit', state: 'reported' }, { act: 'archive' })).toBe(true);
  expect(asksArea({ kind: 'audit', state: 'planned' }, { act: 'archive' })).toBe(false);
  expect(asksArea({ kind: 'audit', state: 'under-way' }, edit('auditeeNote'))).toBe(false);
  expect(asksArea({ kind: 'finding', state: 'open' }, edit('answer'))).toBe(false);
  expect(asksArea({ kind: 'finding', state: 'open' }, edit('answer', 'grade'))).toBe(true);
  expect(asksArea({ kind: 'finding', state: 'open' }, { act: 'close' })).toBe(false);
});

test('the answer is made of fields and relations of a finding, none of which says what was found', () => {
  const { fields, relations, material } = registry.get('finding');
  for (const part of [...answerParts, ...answering]) {
    expect(part in fields || part in relations, part).toBe(true);
    expect(material).not.toContain(part);
  }
  expect(answerParts).toEqual(expect.arrayContaining([...answering]));
});
