import { expect, test } from 'vitest';
import { colleagues, kindOf, type Person, said } from '../../test/colleagues.ts';
import { recordIn } from '../../test/take-steps.ts';
import { wholeUse } from '../../test/whole.ts';
import { declareSamePerson, partSamePerson, readSamePersons } from '../features/duties/same-persons.ts';
import { FactsCache } from '../features/line/facts.ts';
import { readReadiness } from '../features/line/read-readiness.ts';
import { readTrace } from '../features/line/read-trace.ts';
import { approvalWire } from '../http/present/approval.ts';
import { recordAbilities, transitionsOf } from '../http/present/record-abilities.ts';
import { readRecord } from './read-record.ts';
import { transitionRecord } from './transition-record.ts';

/** An approval by one account of work by another, where both were declared one person since (5.3). */
const us = colleagues();
const useCase = kindOf('use-case');
const nobodyNamed = () => ({ records: [], members: [] });

/** A use that one wrote, another put forward and a third approved; and what the page and the line say of it. */
async function approvedUse() {
  const team = us();
  const { author, other, kernel, organisation } = team;
  const submitter = await team.person('aims-manager');
  const admin = await team.person('admin');
  // The line asks for approved uses of a system that runs.
  const system = await recordIn(kernel.services, team.next(author), kindOf('system'), {
    fields: { name: 'Routing' },
    state: 'operation-monitoring',
  });
  const use = await team.make(author, useCase, {
    fields: { ...wholeUse, name: 'Sort letters' },
    links: { system: { set: [system.id] } },
  });
  await team.act(submitter, useCase, use, 'submit');
  await team.act(other, useCase, use, 'approve');
  const page = async (actor: Person) => {
    const view = await readRecord(kernel.services, { organisation, actor, kind: useCase, ref: use.id });
    const step = transitionsOf(view, actor).find(({ name }) => name === 'putIntoUse');
    return {
      own: approvalWire(kernel.services.registry, view, actor)?.own,
      approve: recordAbilities(view, actor, new Date()).approve,
      step: step?.ability,
    };
  };
  const line = async () => {
    const asked = { organisation, actor: author, ref: system.id };
    const { trace } = await readTrace(kernel.services, FactsCache.of(kernel.services), asked, nobodyNamed);
    const { gaps } = trace.stations.find(({ id }) => id === 'use-cases') ?? { gaps: [] };
    return gaps
      .filter(({ rule }) => rule === 'UC2')
      .map(({ sentence, action }) => [sentence.at(-1), action?.do]);
  };
  const into = () =>
    said(
      transitionRecord(kernel.services, team.next(team.third), useCase, {
        ...{ ref: use.id, version: null, transition: 'putIntoUse' },
      }),
    );
  const declare = (one: Person, two: Person) =>
    declareSamePerson(kernel.services, team.next(admin), [one.member, two.member]);
  return { team, submitter, admin, use, page, line, into, declare };
}

const own = /one person with who wrote it/;
const ownGap = (record: string) => [
  [expect.stringContaining('by a person who had written'), { type: 'approve', record }],
];

test('what another person approved is called nobody’s own', async () => {
  const { page, line, team } = await approvedUse();
  expect(await page(team.third)).toEqual({
    ...{ own: undefined, step: { allowed: true } },
    approve: { allowed: true },
  });
  expect(await line()).toEqual([]);
});

test('a declaration made later names it at the approval, in the line and at the step, until another approves it', async () => {
  const { team, use, page, line, into, declare } = await approvedUse();
  const { author, other, third } = team;
  await declare(author, other);
  expect(await page(third)).toMatchObject({
    own: true,
    step: { allowed: false, reason: expect.stringMatching(own) },
    approve: { allowed: true },
  });
  expect((await page(other)).approve).toMatchObject({ allowed: false });
  expect(await line()).toEqual(ownGap(use.id));
  expect(await into()).toMatch(own);
  expect(await said(team.act(other, useCase, use, 'approve'))).toMatch(/another person approves it/);
  expect(await said(team.act(third, useCase, use, 'approve'))).toBe('allowed');
  expect((await page(third)).own).toBeUndefined();
  expect(await line()).toEqual([]);
  expect(await said(team.act(third, useCase, use, 'approve'))).toBe('This version is approved already.');
  expect(await into()).toBe('allowed');
});

test('so it does with whoever put it forward', async () => {
  const { team, use, page, line, submitter, declare } = await approvedUse();
  await declare(submitter, team.other);
  expect((await page(team.third)).own).toBe(true);
  expect(await line()).toEqual(ownGap(use.id));
});

test('a declaration of others, and one that is taken back, names nothing', async () => {
  const { team, page, line, into, submitter, admin, declare } = await approvedUse();
  const { kernel, organisation, author, other } = team;
  await declare(submitter, author);
  expect([(await page(team.third)).own, await line()]).toEqual([undefined, []]);
  await declare(author, other);
  expect((await page(team.third)).own).toBe(true);
  const pairs = await readSamePersons(kernel.services, { organisation, actor: admin });
  const pair = pairs.find(({ members }) => members.some(({ member }) => member === other.member));
  await partSamePerson(kernel.services, team.next(admin), pair?.id ?? '', 'They are two people.');
  expect([(await page(team.third)).own, await line()]).toEqual([undefined, []]);
  expect(await into()).toBe('allowed');
});

test('what was approved while a waiver stood stands', async () => {
  const { team, page, line, into, use, declare } = await approvedUse();
  await team.act(team.third, useCase, use, 'withdraw');
  await team.waive();
  await team.act(team.other, useCase, use, 'approve');
  await declare(team.author, team.other);
  expect([(await page(team.third)).own, await line()]).toEqual([undefined, []]);
  expect(await into()).toBe('allowed');
});

test('what was written after the approval makes nobody an author of what was approved', async () => {
  const { team, page, line, use, declare } = await approvedUse();
  const later = await team.person('aims-manager');
  // Not material, so that the approval stands.
  await team.edit(later, useCase, use, { fields: { benefits: 'Letters arrive sooner' } });
  await declare(later, team.other);
  expect([(await page(team.third)).own, await line()]).toEqual([undefined, []]);
});

test('a document that one account wrote and the other approved is named by the line of the organisation', async () => {
  const team = us();
  const { kernel, organisation, author, other } = team;
  const admin = await team.person('admin');
  const policy = await team.aPolicy();
  await team.act(other, kindOf('document'), policy, 'approve');
  const said = async () => {
    const asked = { organisation, actor: author };
    const read = await readReadiness(kernel.services, FactsCache.of(kernel.services), asked, nobodyNamed);
    return JSON.stringify(read.readiness.line);
  };
  expect(await said()).not.toContain(' approved by the author.');
  await declareSamePerson(kernel.services, team.next(admin), [author.member, other.member]);
  expect(await said()).toContain(' approved by the author.');
});
