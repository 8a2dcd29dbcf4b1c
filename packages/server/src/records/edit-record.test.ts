import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { recordIn } from '../../test/take-steps.ts';
import { newId } from '../store/ids.ts';
import { addComment, deleteComment, editComment, listComments } from './comments.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';
import { exportRecords } from './export-records.ts';
import { readRecord } from './read-record.ts';
import { archiveRecord, restoreRecord, transitionRecord } from './transition-record.ts';

let kernel: TestKernel;
let organisation: string;
let manager: Person;
type Person = Actor & { type: 'person' };
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  organisation = await kernel.organisation();
  manager = await kernel.member(organisation, ['aims-manager']);
});

const system = registry.get('system');
const as = (actor: Actor) => kernel.context(organisation, actor);
const person = (...roles: Role[]) => kernel.member(organisation, roles);
const create = (patch: Patch, actor: Actor = manager, kind = system, dryRun = false) =>
  createRecord(kernel.services, as(actor), kind, { patch }, { dryRun });
const edit = (ref: string, patch: Patch, version: number | null = null, actor: Actor = manager) =>
  editRecord(kernel.services, as(actor), system, { ref, patch, version });
const step = (ref: string, version: number | null = null) => ({ ref, version });
async function rows(table: string): Promise<number> {
  const { rows } = await kernel.store.owner.query<{ n: number }>(
    `select count(*)::int as n from ${table} where organisation = $1`,
    [organisation],
  );
  return rows[0]?.n ?? 0;
}
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'allowed',
    (error: { code?: string }) => error.code,
  );

describe('creating', () => {
  test('names each wrong part by its place, and keeps nothing', async () => {
    const wrong = create({
      fields: { colour: 'red', liveSince: '2025-02-30', owner: 'nobody' },
      links: { usesModel: { set: ['00000000-0000-7000-8000-000000000000'] } },
    });
    await expect(wrong).rejects.toMatchObject({ code: 'unprocessable' });
    const places = await wrong.catch((error: { items: { at: string }[] }) =>
      error.items.map((item) => item.at),
    );
    expect(places).toEqual(['fields.colour', 'fields.liveSince', 'fields.owner', 'links.usesModel']);
    expect([await rows('record'), await rows('entry'), await rows('counter')]).toEqual([0, 0, 0]);
  });

  test('a dry run answers the record as it would be, takes no number and writes nothing', async () => {
    const dry = await create({ fields: { name: 'Dry' } }, manager, system, true);
    expect(dry).toMatchObject({ title: 'Dry', version: 1, number: 0 });
    expect([await rows('record'), await rows('entry'), await rows('counter')]).toEqual([0, 0, 0]);
    const real = await create({ fields: { name: 'Dry' } });
    expect(real.content).toEqual(dry.content);
  });

  test.each<[Role, string]>([
    ['reader', 'forbidden'],
    ['external-auditor', 'forbidden'],
    ['admin', 'forbidden'],
    ['top-management', 'forbidden'],
    ['risk-owner', 'forbidden'],
    ['internal-auditor', 'forbidden'],
    ['contributor', 'allowed'],
    ['aims-manager', 'allowed'],
  ])('a system as %s is %s', async (role, expected) => {
    expect(await code(create({ fields: { name: 'X' } }, await person(role)))).toBe(expected);
  });

  test('an owner of systems makes records of their own system and of no other', async () => {
    const owner = await person('system-owner');
    const [mine, other] = [
      await create({ fields: { name: 'Mine', owner: owner.member } }),
      await create({ fields: { name: 'Other' } }),
    ];
    const risk = registry.get('risk');
    const within = (id: string): Patch => ({ fields: { name: 'Bias' }, links: { system: { set: [id] } } });
    expect(await code(create(within(mine.id), owner, risk))).toBe('allowed');
    expect(await code(create(within(other.id), owner, risk))).toBe('forbidden');
  });

  test('a visitor finds nothing, not even a refusal', async () => {
    expect(await code(create({ fields: { name: 'X' } }, { type: 'visitor' }))).toBe('not-found');
  });

  test('a state that the life cycle does not begin with is refused by name', async () => {
    const start = (state: string, name = 'system') =>
      code(
        createRecord(kernel.services, as(manager), registry.get(name), {
          patch: { fields: { name: 'X', ...(name === 'document' ? { type: 'policy' } : {}) } },
          state,
        }),
      );
    expect(await start('deployment')).toBe('allowed');
    expect(await start('operation-monitoring')).toBe('unprocessable');
    expect(await start('flying')).toBe('unprocessable');
    expect(await start('__proto__')).toBe('unprocessable');
    expect(await start('withdrawn', 'document')).toBe('unprocessable');
  });

  test('who begins further on needs the right to take steps, and what the steps need', async () => {
    const implementation = registry.get('implementation');
    const control = await create({ fields: { name: 'Logs', code: 'L-1' } }, manager, registry.get('control'));
    const links = { control: { set: [control.id] } };
    const begin = (actor: Actor, fields: object) =>
      createRecord(kernel.services, as(actor), implementation, {
        patch: { fields: { name: 'Logs are kept', ...fields }, links },
        state: 'in-place',
      });
    await expect(begin(manager, { howItWorks: 'By a job' })).rejects.toMatchObject({
      items: [{ at: 'state', message: expect.stringMatching(/Owner, In place since are needed first/) }],
    });
    const whole = { howItWorks: 'By a job', owner: manager.member, inPlaceSince: '2026-01-01' };
    expect((await begin(manager, whole)).state).toBe('in-place');
    const scope = { kinds: 'all', acts: ['create'] } as const;
    const narrow: Actor = { type: 'token', token: newId(), roles: ['aims-manager'], scope };
    expect(await code(begin(narrow, whole))).toBe('out-of-scope');
  });

  test('on whose word a state stands is not written over while it stands', async () => {
    const controlTest = registry.get('control-test');
    const [owner, tester, other, stranger] = await Promise.all(
      (['aims-manager', 'internal-auditor', 'internal-auditor', 'aims-manager'] as const).map((role) =>
        kernel.member(organisation, [role]),
      ),
    );
    if (!owner || !tester || !other || !stranger) throw new RangeError('Four people');
    const control = await create({ fields: { name: 'Logs', code: 'L-1' } }, manager, registry.get('control'));
    const made = await recordIn(kernel.services, as(tester), controlTest, {
      fields: {
        name: 'Spring test',
        ownerTested: owner.member,
        tester: tester.member,
        ...{ criterion: 'Each run ends well', method: 'Runs were read', sample: 'Ten runs of April' },
        conclusion: 'effective',
        result: 'All of them ran.',
        testedOn: '2026-02-01',
      },
      links: { control: { set: [control.id] } },
      state: 'concluded',
    });
    const name = (fields: object) =>
      editRecord(kernel.services, as(manager), controlTest, {
        ref: made.id,
        patch: { fields: { ...fields } },
        version: null,
      });
    for (const fields of [{ tester: other.member }, { tester: null }])
      await expect(name(fields)).rejects.toMatchObject({ items: [{ at: 'fields.tester' }] });
    expect((await name({ nextTest: '2027-02-01' })).changed).toEqual(['nextTest']);
    // Whoever made the control does not open it again, and whose word it was stays: another tester writes another test.
    const reopen = (by: typeof manager, more: object = {}) =>
      transitionRecord(kernel.services, as(by), controlTest, {
        ref: made.id,
        version: null,
        transition: 'reopen',
        patch: { fields: { reopenedBecause: 'The runs were of another system.', ...more } },
      });
    await expect(reopen(manager)).rejects.toThrow('You had a part in what is tested');
    const stays = { items: [{ at: 'fields.tester', message: expect.stringContaining('stays as it was') }] };
    await expect(reopen(stranger, { tester: other.member })).rejects.toMatchObject(stays);
    const reopened = await reopen(stranger);
    expect([reopened.state, reopened.content.fields.tester]).toEqual(['under-way', tester.member]);
    await expect(name({ tester: other.member })).rejects.toMatchObject(stays);
  });

  test('what is archived or of another organisation is not linked to', async () => {
    const model = await create({ fields: { name: 'Gone' } }, manager, registry.get('model'));
    await archiveRecord(kernel.services, as(manager), registry.get('model'), step(model.id));
    const link = (id: string) => create({ fields: { name: 'X' }, links: { usesModel: { set: [id] } } });
    await expect(link(model.id)).rejects.toMatchObject({ items: [{ at: 'links.usesModel' }] });
    const elsewhere = await kernel.organisation();
    const stranger = await kernel.member(elsewhere, ['aims-manager']);
    const foreign = await createRecord(
      kernel.services,
      kernel.context(elsewhere, stranger),
      registry.get('model'),
      { patch: { fields: { name: 'Theirs' } } },
    );
    await expect(link(foreign.id)).rejects.toMatchObject({ items: [{ at: 'links.usesModel' }] });
  });
});

describe('editing', () => {
  test('of two who edit the same version one wins; the other is told which version stands', async () => {
    const made = await create({ fields: { name: 'A' } });
    const ends = await Promise.allSettled([
      edit(made.id, { fields: { name: 'B' } }, 1),
      edit(made.id, { fields: { name: 'C' } }, 1),
    ]);
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
    const lost = ends.find((end) => end.status === 'rejected');
    expect(lost?.reason).toMatchObject({ code: 'changed', facts: { version: 2, expected: 1 } });
  });

  test('a patch that changes nothing makes no version and no entry', async () => {
    const made = await create({ fields: { name: 'A', unit: 'U' } });
    const before = await rows('entry');
    const change = await edit(made.id, { fields: { name: 'A', unit: 'U', subUnit: null } }, 1);
    expect([change.changed, change.record.version]).toEqual([[], 1]);
    expect(await rows('entry')).toBe(before);
  });

  test('an archived record is changed by nothing until it is brought back', async () => {
    const made = await create({ fields: { name: 'A' } });
    await archiveRecord(kernel.services, as(manager), system, step(made.id));
    expect(await code(edit(made.id, { fields: { name: 'B' } }))).toBe('conflict');
    const [transition = ''] = Object.keys(system.lifecycle.transitions);
    const moved = transitionRecord(kernel.services, as(manager), system, { ...step(made.id), transition });
    expect(await code(moved)).toBe('conflict');
    expect(await code(archiveRecord(kernel.services, as(manager), system, step(made.id)))).toBe('conflict');
    await restoreRecord(kernel.services, as(manager), system, step(made.id));
    expect(await code(restoreRecord(kernel.services, as(manager), system, step(made.id)))).toBe('conflict');
    expect(await code(edit(made.id, { fields: { name: 'B' } }, 3))).toBe('allowed');
  });

  test('an owner who gives their record away in the edit may do that, and nothing after it', async () => {
    const [owner, next] = [await person('system-owner'), await person('system-owner')];
    const made = await create({ fields: { name: 'A', owner: owner.member } });
    expect(await code(edit(made.id, { fields: { owner: next.member } }, null, owner))).toBe('allowed');
    expect(await code(edit(made.id, { fields: { name: 'B' } }, null, owner))).toBe('forbidden');
    expect(await code(edit(made.id, { fields: { name: 'B' } }, null, next))).toBe('allowed');
  });

  test('a ref of another kind, of nothing or of no form is not there', async () => {
    await create({ fields: { name: 'A' } });
    for (const ref of ['UC-1', 'SYS-2', 'SYS-0', 'SYS-99999999999', 'sys', '', "SYS-1'; --", '__proto__'])
      expect([ref, await code(edit(ref, { fields: { name: 'B' } }))]).toEqual([ref, 'not-found']);
  });

  test('a relation is set, added to and taken from in one patch; what belongs nowhere is refused', async () => {
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C'])
      ids.push((await create({ fields: { name } }, manager, registry.get('model'))).id);
    const [a = '', b = '', c = ''] = ids;
    const made = await create({ fields: { name: 'S' }, links: { usesModel: { set: [a] } } });
    const change = await edit(made.id, { links: { usesModel: { add: [b, c, b], remove: [a] } } });
    expect(change.record.content.links.usesModel).toEqual([b, c].sort());
    expect(await code(edit(made.id, { links: { usesDataset: { add: [a] } } }))).toBe('unprocessable');
    expect(await code(edit(made.id, { links: { constructor: { add: [a] } } }))).toBe('unprocessable');
  });
});

describe('comments', () => {
  test('live from writing to removing: place kept, words gone, each with an entry and no words in it', async () => {
    const made = await create({ fields: { name: 'A' } });
    const auditor = await person('internal-auditor');
    const input = { ref: made.id, field: 'owner', text: 'Who owns this thing?' };
    const id = await addComment(kernel.services, as(auditor), system, input);
    await editComment(kernel.services, as(auditor), id, 'Who owns it?');
    const list = async () => (await listComments(kernel.services, as(manager), system, made.id)).comments;
    expect(await list()).toMatchObject([{ id, text: 'Who owns it?', field: 'owner', by_id: auditor.member }]);
    expect((await list())[0]?.edited_at).not.toBeNull();
    expect(await code(editComment(kernel.services, as(manager), id, 'Mine now'))).toBe('forbidden');
    expect(await code(deleteComment(kernel.services, as(manager), id))).toBe('forbidden');
    await deleteComment(kernel.services, as(auditor), id);
    expect(await list()).toMatchObject([{ id, text: null }]);
    expect(await code(deleteComment(kernel.services, as(auditor), id))).toBe('not-found');
    expect(await code(editComment(kernel.services, as(auditor), id, 'Back'))).toBe('not-found');
    const { rows } = await kernel.store.owner.query<{ act: string; body: Buffer }>(
      "select act, body from entry where organisation = $1 and act like 'comment.%' order by seq",
      [organisation],
    );
    expect(rows.map((row) => row.act)).toEqual(['comment.created', 'comment.edited', 'comment.removed']);
    for (const row of rows) expect(row.body.toString('utf8')).not.toContain('owns');
  });

  test.each([
    ['   ', null],
    ['a\u0000b', null],
    ['\ud800', null],
    ['x'.repeat(5_001), null],
    ['Fine', 'colour'],
    ['Fine', '__proto__'],
    ['Fine', 'toString'],
  ])('%j on %j is refused', async (text, field) => {
    const made = await create({ fields: { name: 'A' } });
    const added = addComment(kernel.services, as(manager), system, { ref: made.id, field, text });
    expect(await code(added)).toBe('unprocessable');
    expect(await rows('comment')).toBe(0);
  });

  test('a reader comments on nothing; a comment of another organisation is not there', async () => {
    const made = await create({ fields: { name: 'A' } });
    const input = { ref: made.id, field: null, text: 'Hello' };
    expect(await code(addComment(kernel.services, as(await person('reader')), system, input))).toBe(
      'forbidden',
    );
    const id = await addComment(kernel.services, as(manager), system, input);
    const elsewhere = await kernel.organisation();
    const other = kernel.context(elsewhere, await kernel.member(elsewhere, ['aims-manager']));
    expect(await code(editComment(kernel.services, other, id, 'Mine'))).toBe('not-found');
    expect(await code(listComments(kernel.services, other, system, made.id))).toBe('not-found');
  });
});

describe('export', () => {
  async function text(query: Record<string, string>, actor: Actor = manager): Promise<string> {
    const { body } = await exportRecords(kernel.services, { organisation, actor, kind: system, query });
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('utf8');
  }

  test('JSON holds every row once in the order of refs, over many pages, and only those that match', async () => {
    await kernel.store.change(as(manager), async (write) => {
      for (let n = 0; n < 1_100; n += 1) {
        const fields = { name: `System ${n}`, unit: n % 2 ? 'Odd' : 'Even' };
        write.create({ kind: system, content: { fields, links: {} }, system: null });
      }
    });
    const every: { ref: string }[] = JSON.parse(await text({ format: 'json' }));
    expect(every.map((row) => row.ref)).toEqual(Array.from({ length: 1_100 }, (_, n) => `SYS-${n + 1}`));
    const odd: { fields: { unit: string } }[] = JSON.parse(await text({ format: 'json', unit: 'Odd' }));
    expect(odd).toHaveLength(550);
    expect(new Set(odd.map((row) => row.fields.unit))).toEqual(new Set(['Odd']));
  });

  test('no cell of a CSV begins a formula, and quotes and lines stay within theirs', async () => {
    for (const name of ['=1+1', '+cmd', '-2', '@sum', 'a "quoted" name', 'with, comma'])
      await create({ fields: { name } });
    const csv = await text({ format: 'csv' });
    expect(csv.startsWith('\ufeff')).toBe(true);
    for (const line of csv.slice(1).trimEnd().split('\r\n').slice(1))
      expect(line).not.toMatch(/(^|,)"?[=+@]/);
    expect(csv).toContain('"a ""quoted"" name"');
    expect(csv).toContain('"with, comma"');
  });

  test('nothing matches: a header alone, an empty array', async () => {
    expect(JSON.parse(await text({ format: 'json' }))).toEqual([]);
    expect((await text({ format: 'csv' })).trimEnd().split('\n')).toHaveLength(1);
  });

  test('a visitor exports nothing, a format that there is not is refused by name', async () => {
    await expect(text({}, { type: 'visitor' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(text({ format: 'pdf' })).rejects.toMatchObject({ items: [{ at: 'format' }] });
    await expect(text({ colour: 'red' })).rejects.toMatchObject({ items: [{ at: 'colour' }] });
  });
});

test('who reads sees the record with its neighbours; a visitor finds nothing', async () => {
  const model = await create({ fields: { name: 'M' } }, manager, registry.get('model'));
  const made = await create({
    fields: { name: 'S', owner: manager.member },
    links: { usesModel: { set: [model.id] } },
  });
  const read = (actor: Actor, ref: string, kind = system) =>
    readRecord(kernel.services, { organisation, actor, kind, ref });
  for (const role of ['reader', 'external-auditor', 'contributor', 'admin'] as const) {
    const view = await read(await person(role), made.id);
    expect(view.refs.get(model.id)).toMatchObject({ title: 'M', kind: 'model' });
    expect(view.members.get(manager.member)).toBe('Head of claims');
  }
  const inverse = (await read(manager, model.id, registry.get('model'))).inverse;
  expect(inverse).toMatchObject([{ id: made.id, relation: 'usesModel', count: 1 }]);
  expect(await code(read({ type: 'visitor' }, made.id))).toBe('not-found');
});
