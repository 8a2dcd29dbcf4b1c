import { describe, expect, test } from 'vitest';
import { wholeFields } from '../../test/impact/whole.ts';
import { registry } from './all.ts';
import { decideEdit, emptyContent } from './edit.ts';
import type { Content, Kind } from './kind.ts';
import { fullFields, inOrder, linkPatch, minimalFields, sampleLinks, someId, targetsFor } from './testing.ts';
import { decideTransition, transitionObstacle } from './transition.ts';

const now = '2026-11-02T09:00:00.000Z';
const somebody = { type: 'person', member: someId(), roles: ['aims-manager'] } as const;

/** What a step needs said beside every field being filled: the words that its guard waits for. */
const saying: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'regulatory-file.make': { validUntil: '2199-12-31' },
  'evidence.dispose': { legalHold: null },
  'obligation.decline': { source: 'house' },
  'impact-assessment.complete': { ...wholeFields, toConfirm: null },
  'classification.conclude': { scheme: 'eu-ai-act', outcomes: ['high-risk-annex-iii'] },
  'gate.refuse': { verdict: 'fail' },
  'nonconformity.verifyWithoutAction': { actionNeeded: 'no' },
  'nonconformity.reopen': { effectivenessVerdict: 'partly' },
  'corrective-action.refute': { verdict: 'not-effective' },
};

/** The smallest legal record of a kind. */
function create(kind: Kind): Content {
  const links = sampleLinks(kind, 'required');
  const patch = { fields: minimalFields(kind), links: linkPatch(links) };
  return decideEdit(kind, emptyContent, patch, targetsFor(kind, links)).next;
}

function fill(kind: Kind, before: Content, extra: Readonly<Record<string, unknown>>): Content {
  const links = { ...sampleLinks(kind, 'all'), ...before.links };
  const targets = targetsFor(kind, links);
  return inOrder({ ...fullFields(kind, true), ...extra }).reduce<Content>(
    (stood, fields) =>
      decideEdit(kind, stood, { byAct: true, fields, links: linkPatch(links) }, targets).next,
    before,
  );
}

describe.each(registry.kinds.map((kind) => [kind.name, kind] as const))('%s', (name, kind) => {
  test('a record is made from what is required alone', () => {
    const content = create(kind);
    for (const field of Object.keys(minimalFields(kind))) expect(content.fields).toHaveProperty(field);
    expect(content.fields[kind.title], 'it has a title').toMatch(/\S/);
  });

  test('it is refused without what is required, and the refusal names it', () => {
    const required = [
      ...Object.entries(kind.fields).flatMap(([field, { required: yes }]) =>
        yes ? [`fields.${field}`] : [],
      ),
      ...Object.entries(kind.relations).flatMap(([relation, { required: yes }]) =>
        yes ? [`links.${relation}`] : [],
      ),
    ];
    try {
      decideEdit(kind, emptyContent, {}, new Map());
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'unprocessable' });
      expect(error).toHaveProperty(
        'items',
        required.map((at) => expect.objectContaining({ at })),
      );
    }
  });

  test('every field takes what it says it takes, and says it back', () => {
    const fields = fullFields(kind);
    const content = fill(kind, create(kind), fields);
    for (const [field, value] of Object.entries(fields)) expect(content.fields[field], field).toEqual(value);
  });

  const steps = Object.entries(kind.lifecycle.transitions);

  test.each(steps)('the step %s can be taken by legal edits', (step, transition) => {
    const content = fill(kind, create(kind), saying[`${name}.${step}`] ?? {});
    for (const state of transition.from) {
      const subject = { state, content, approval: 'stands' as const, wrote: [transition.says ?? ''] };
      const named = transition.takenBy ? { member: String(content.fields[transition.takenBy]) } : {};
      const taker = { ...somebody, ...named };
      expect(transitionObstacle(kind, step, subject, taker, now)).toBeUndefined();
      expect(decideTransition(kind, step, subject, taker, now)).toBe(transition.to);
    }
  });

  test('all states are reached from the first, step by step', () => {
    const reached = new Set([kind.lifecycle.initial]);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      for (const [, transition] of steps)
        if (transition.from.some((state) => reached.has(state))) reached.add(transition.to);
    }
    const others = Object.keys(kind.lifecycle.states).filter((state) => !reached.has(state));
    // Where records arrive in any state, one that nobody steps back to may still be where they begin.
    if (!kind.lifecycle.mayBeBroughtIn) expect(others).toEqual([]);
  });

  const demanding = steps.filter(([, transition]) => transition.requires?.length);

  test.each(demanding)(
    'the step %s is refused while something is missing, and says what',
    (step, transition) => {
      const full = fill(kind, create(kind), saying[`${name}.${step}`] ?? {});
      for (const part of transition.requires ?? []) {
        const { [part]: _field, ...fields } = full.fields;
        const { [part]: _link, ...links } = full.links;
        const subject = {
          state: transition.from[0] ?? '',
          content: { fields, links },
          approval: 'stands' as const,
        };
        const label = kind.fields[part]?.label ?? kind.relations[part]?.label ?? part;
        expect(transitionObstacle(kind, step, subject, somebody, now)).toBe(`${label} is needed first.`);
      }
    },
  );

  const approved = steps.filter(([, transition]) => transition.approved);

  test.each(approved)('the step %s waits for an approval', (step, transition) => {
    const content = fill(kind, create(kind), saying[`${name}.${step}`] ?? {});
    const subject = { state: transition.from[0] ?? '', content, approval: 'none' as const };
    expect(transitionObstacle(kind, step, subject, somebody, now)).toMatch(/approval/);
  });

  const separated = steps.filter(([, transition]) => transition.notBy?.length);

  test.each(separated)('the step %s is not taken by the doer, nor by a program', (step, transition) => {
    const content = fill(kind, create(kind), saying[`${name}.${step}`] ?? {});
    const subject = { state: transition.from[0] ?? '', content, approval: 'stands' as const };
    for (const field of transition.notBy ?? []) {
      const member = String(content.fields[field]);
      const doer = { ...somebody, member };
      expect(transitionObstacle(kind, step, subject, doer, now)).toMatch(/somebody else/);
    }
    const token = { type: 'token', token: 't1', roles: ['aims-manager'] } as const;
    expect(transitionObstacle(kind, step, subject, token, now)).toMatch(/person/);
    const rule = { type: 'rule', rule: 'r1' } as const;
    expect(transitionObstacle(kind, step, subject, rule, now)).toMatch(/person/);
  });
});
