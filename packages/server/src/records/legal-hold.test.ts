import type { Actor } from '@throughline/domain/actor.ts';
import { beforeEach, expect, test } from 'vitest';
import { colleagues, kindOf, type Person, refused, said } from '../../test/colleagues.ts';
import { heldWire, recordAbilities } from '../http/present/record-abilities.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { bulkChange } from './bulk-change.ts';
import { editRecord } from './edit-record.ts';
import { refuseLiftByFile } from './legal-hold.ts';
import { readRecord } from './read-record.ts';
import { undoChange } from './undo-change.ts';

/** A legal hold is set by whoever edits, and lifted by whoever keeps the management system, with a reason (7.5.3). */
const us = colleagues();
const evidence = kindOf('evidence');
const why = 'The claim was settled in court.';
let owner: Person;
let record: StoredRecord;
beforeEach(async () => {
  owner = await us().person('contributor');
  const fields = { name: 'Log of decisions', owner: owner.member };
  record = await us().make(us().author, evidence, { fields });
});

const say = (actor: Actor, legalHold: string | null, because: string | null = why) => {
  const { kernel, next } = us();
  const input = { ref: record.id, patch: { fields: { legalHold } }, version: null };
  return editRecord(kernel.services, { ...next(actor), because }, evidence, input);
};
const hold = (actor: Actor = us().author) => say(actor, 'A claim is open', null);
const stands = async () => (await us().view(evidence, record)).record.content.fields.legalHold;
const page = async (actor: Actor) => {
  const { kernel, organisation } = us();
  const view = await readRecord(kernel.services, { organisation, actor, kind: evidence, ref: record.id });
  return { held: heldWire(view, actor).held, erase: recordAbilities(view, actor, new Date()).erase };
};
const notTheirs =
  'A legal hold is lifted by whoever keeps the management system, with a reason. You may set one.';

test('whoever owns a record sets a hold on it, and neither lifts it nor says it otherwise', async () => {
  expect(await said(hold(owner))).toBe('allowed');
  expect(await said(say(owner, null))).toBe(notTheirs);
  expect(await said(say(owner, 'Nothing'))).toBe(notTheirs);
  expect(await stands()).toBe('A claim is open');
  expect(await page(owner)).toMatchObject({
    held: { part: 'legalHold', lift: { allowed: false, reason: notTheirs, who: ['aims-manager'] } },
  });
  // What else they say of it stays theirs.
  const { kernel, next } = us();
  const patch = { fields: { name: 'Log of decisions, 2026' } };
  const other = editRecord(kernel.services, next(owner), evidence, { ref: record.id, patch, version: null });
  expect(await said(other)).toBe('allowed');
});

test('whoever keeps the management system lifts it with a reason, which the version keeps', async () => {
  await hold(owner);
  expect((await page(us().third)).held).toEqual({ part: 'legalHold', lift: { allowed: true } });
  for (const because of [null, 'Over', '          '])
    expect(await refused(say(us().third, null, because))).toBe('unprocessable');
  expect(await stands()).toBe('A claim is open');
  expect(await said(say(us().third, null))).toBe('allowed');
  expect(await stands()).toBeUndefined();
  const { newest } = await us().view(evidence, record);
  expect(newest?.because).toBe(why);
  expect((await page(us().third)).held).toBeUndefined();
});

test('neither a deputy nor a token lifts it', async () => {
  await hold();
  const deputy: Person = { ...owner, standsFor: [{ member: us().third.member, roles: ['aims-manager'] }] };
  expect(await said(say(deputy, null))).toMatch(/right of your own/);
  const token: Actor = { type: 'token', token: us().third.member, roles: ['aims-manager'] };
  expect(await said(say(token, null))).toMatch(/A token lifts no legal hold/);
});

test('undoing the change that set it lifts it too, and many at once are lifted by the same rule', async () => {
  await hold(owner);
  const { kernel, next, third } = us();
  const undo = (actor: Actor, because: string | null) =>
    undoChange(kernel.services, { ...next(actor), because }, evidence, { ref: record.id, version: 2 });
  expect(await said(undo(owner, why))).toBe(notTheirs);
  expect(await refused(undo(third, null))).toBe('unprocessable');
  const clear = (actor: Actor) =>
    bulkChange(kernel.services, { ...next(actor), because: why }, evidence, {
      ids: [record.id],
      act: { patch: { fields: { legalHold: null } } },
    });
  expect((await clear(owner)).applied).toEqual([]);
  expect(await stands()).toBe('A claim is open');
  expect((await clear(third)).applied).toEqual([record.id]);
  expect(await stands()).toBeUndefined();
});

test('a file that is imported, or taken back, lifts none', () => {
  const held = { fields: { name: 'Log', legalHold: 'A claim is open' } };
  const lift = (next: object, kind = evidence) =>
    refuseLiftByFile(kind, held, { fields: { name: 'Log', ...next } }, 'EVD-1');
  expect(() => lift({})).toThrow(/EVD-1 is under a legal hold that this would take away/);
  expect(() => lift({ legalHold: 'Nothing' })).toThrow(/Lift it on its page first/);
  expect(() => lift({ legalHold: 'A claim is open', keepUntil: '2030-01-01' })).not.toThrow();
  expect(() => lift({}, kindOf('task'))).not.toThrow();
});

test('who lifts it is named where it bars erasing', async () => {
  await hold();
  const admin = await us().person('admin');
  expect((await page(admin)).erase).toMatchObject({
    ...{ allowed: false, reason: 'It is under a legal hold, which is lifted first.' },
    who: ['aims-manager'],
  });
});
