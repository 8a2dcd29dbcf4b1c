import { describe, expect, test } from 'vitest';
import type { AgreedLifecycle } from '../../test/kinds/steps.ts';
import { agreedLifecycles } from '../../test/kinds/steps-all.ts';
import type { Actor } from '../actor.ts';
import type { ApprovalAtHand } from '../approvals.ts';
import { registry } from './all.ts';
import type { Content, Kind } from './kind.ts';
import { fullFields, sampleLinks, someId } from './testing.ts';
import { blanksOf, decideTransition, type Subject, transitionObstacle } from './transition.ts';

const now = '2026-11-02T09:00:00.000Z';
const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
const person = someId();
const by = (member: string): Actor => ({ type: 'person', member, roles: ['aims-manager'] });

/** Everything filled, and nobody in it who takes the step. */
const full = (kind: Kind): Content => ({
  fields: {
    ...fullFields(kind),
    ...Object.fromEntries(
      Object.entries(kind.fields).flatMap(([name, field]) => (field.derived ? [[name, 'worked out']] : [])),
    ),
  },
  links: sampleLinks(kind, 'all'),
});

function without(content: Content, part: string): Content {
  const { [part]: _field, ...fields } = content.fields;
  const { [part]: _link, ...links } = content.links;
  return { fields, links };
}

const labelOf = (kind: Kind, part: string) => kind.fields[part]?.label ?? kind.relations[part]?.label ?? part;

test('the life cycle of every kind is agreed', () => {
  expect(Object.keys(agreedLifecycles).sort()).toEqual(registry.kinds.map(({ name }) => name).sort());
});

describe.each(Object.entries(agreedLifecycles))('%s', (name, agreed: AgreedLifecycle) => {
  const kind = registry.get(name);
  const { states, transitions } = kind.lifecycle;
  const stateNames = words(agreed.states);

  test('its states, which of them run and which are over', () => {
    const where = (flag: 'live' | 'ended') => stateNames.filter((state) => states[state]?.[flag]);
    expect(Object.keys(states).sort()).toEqual([...stateNames].sort());
    expect(where('live')).toEqual(words(agreed.live ?? ''));
    expect(where('ended')).toEqual(words(agreed.ended));
  });

  test('has these steps and no other', () => {
    expect(Object.keys(transitions)).toEqual(agreed.steps.map(([step]) => step));
  });

  const steps = agreed.steps.map(([step, from, to, requires = '', also = '']) => ({
    step,
    from,
    to,
    requires,
    also,
  }));

  describe.each(steps)('$step', ({ step, from, to, requires, also }) => {
    const demands = also.split(', ').filter((demand) => demand !== '');
    const taker = demands.find((demand) => demand.startsWith('by '))?.slice(3);
    const said = demands.find((demand) => demand.startsWith('says '))?.slice(5);
    /** Everything filled, and whoever takes the step named where it is theirs alone. */
    const whole = (): Content => {
      const { fields, links } = full(kind);
      const why = said ? { [said]: 'The list of letters was an old one.' } : {};
      return { fields: { ...fields, ...(taker ? { [taker]: person } : {}), ...why }, links };
    };
    const subject = (state: string, content = whole(), approval: ApprovalAtHand = 'stands') => ({
      state,
      content,
      approval,
      ...(said ? { wrote: [said] } : {}),
    });
    const obstacle = (...args: Parameters<typeof subject>) =>
      transitionObstacle(kind, step, subject(...args), by(person), now);
    const [first = ''] = words(from);

    test('leads where it was agreed, and from these states alone', () => {
      expect(transitions[step]?.to).toBe(to);
      for (const state of stateNames) {
        const said = obstacle(state);
        const stands = said?.includes(`this is ${states[state]?.label}.`) ?? false;
        expect(stands, state).toBe(!words(from).includes(state));
      }
      if (demands.includes('guard')) return;
      for (const state of words(from))
        expect(decideTransition(kind, step, subject(state), by(person), now)).toBe(to);
    });

    test('asks for these parts and no others', () => {
      expect(transitions[step]?.requires ?? []).toEqual(words(requires));
      const bare = obstacle(first, { fields: {}, links: {} });
      for (const part of words(requires)) {
        expect(bare).toContain(labelOf(kind, part));
        expect(obstacle(first, without(whole(), part)), part).toBe(`${labelOf(kind, part)} is needed first.`);
      }
      const others = [...Object.keys(kind.fields), ...Object.keys(kind.relations)].filter(
        (part) => !words(requires).includes(part),
      );
      for (const part of others)
        expect(obstacle(first, without(whole(), part)), part).not.toBe(
          `${labelOf(kind, part)} is needed first.`,
        );
    });

    test('wants an approval of this version exactly where it was agreed', () => {
      const said = obstacle(first, whole(), 'none');
      expect(said === 'An approval of exactly this version is needed first.').toBe(
        demands.includes('approval'),
      );
    });

    test('is kept from exactly those whose own work it judges, and from whoever is no person', () => {
      const kept = demands.flatMap((demand) => (demand.startsWith('not ') ? [demand.slice(4)] : []));
      const people = Object.keys(kind.fields).filter((part) => kind.fields[part]?.type === 'member');
      for (const part of people) {
        const content = { ...whole(), fields: { ...whole().fields, [part]: person } };
        const refused = obstacle(first, content)?.endsWith('is you, so somebody else does this.') ?? false;
        expect(refused, part).toBe(kept.includes(part));
      }
      const rule = transitionObstacle(kind, step, subject(first), { type: 'rule', rule: 'due' }, now);
      expect(rule === 'A person takes this step, so that it can be seen who it was.').toBe(
        kept.length > 0 || taker !== undefined,
      );
    });

    test('is taken in nobody else’s name where it was agreed', () => {
      expect(transitions[step]?.takenBy).toBe(taker);
      const said = obstacle(first, full(kind)) ?? '';
      expect(said.endsWith('is somebody else, who takes this step.')).toBe(taker !== undefined);
    });

    test('says why, with the step and in a sentence, exactly where it was agreed', () => {
      expect(transitions[step]?.says).toBe(said);
      if (said === undefined) return;
      const label = `“${labelOf(kind, said)}”`;
      const take = (one: Partial<Subject>) =>
        transitionObstacle(kind, step, { ...subject(first), ...one }, by(person), now);
      expect(take({ wrote: [] })).toBe(`${label} is said with this step, in a sentence.`);
      const bare = { ...whole(), fields: { ...whole().fields, [said]: 'ok' } };
      expect(take({ content: bare })).toBe(`${label} does not say it in a sentence.`);
      expect(blanksOf(kind, step, { ...subject(first), wrote: [] }, by(person), now)).toEqual([said]);
    });

    test('has a guard of its own exactly where it was agreed', () => {
      expect((transitions[step]?.guard ?? transitions[step]?.never) !== undefined).toBe(
        demands.includes('guard'),
      );
    });
  });
});
