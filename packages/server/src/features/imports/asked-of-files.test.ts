import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { createRecord } from '../../records/create-record.ts';
import type { Context } from '../../store/context.ts';
import { analyseFile } from './analyse-file.ts';
import { applyImport } from './apply-import.ts';
import { previewImport } from './preview-import.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

async function office() {
  const organisation = await kernel.organisation();
  const actor = await kernel.member(organisation, ['aims-manager'], 'Author A');
  const ctx = (): Context => kernel.context(organisation, actor);
  const analyse = (kind: string, content: string) =>
    analyseFile(kernel.services, ctx(), {
      name: 'register.csv',
      bytes: Buffer.from(content),
      kind: registry.get(kind),
    });
  const preview = async (kind: string, content: string) =>
    previewImport(kernel.services, ctx(), (await analyse(kind, content)).id);
  const apply = async (kind: string, content: string) =>
    applyImport(kernel.services, ctx(), (await analyse(kind, content)).id);
  const states = async (kind: string) => {
    const { rows } = await kernel.store.owner.query(
      "select title, state, fields ->> 'source' as source from record where organisation = $1 and kind = $2 order by number",
      [organisation, kind],
    );
    return rows.map(({ title, state, source }) => [title, state, source]);
  };
  const create = async (kind: string, fields: Record<string, string>) =>
    createRecord(kernel.services, ctx(), registry.get(kind), { patch: { fields } });
  /** The records of a kind were concluded, and opened again. */
  const opened = async (kind: string) => {
    const { rows } = await kernel.store.owner.query(
      'select id from record where organisation = $1 and kind = $2',
      [organisation, kind],
    );
    for (const { id } of rows)
      await kernel.store.change(ctx(), async (write) => {
        const record = (await write.lock([id])).get(id);
        if (!record) throw new RangeError(id);
        return write.move(write.move(record, 'concluded'), 'under-way');
      });
  };
  return { create, preview, apply, states, opened };
}

const register = (...rows: string[]) =>
  ['Id,Obligation,Source,State,Why it was not taken on', ...rows].join('\n');

test('law is not declined by a file, nor is anything without its reason', async () => {
  const { preview, apply, states } = await office();
  const file = register(
    'O-1,Keep logs,law,Declined,Not for us',
    'O-2,Report each month,contract,Declined,',
    'O-3,Report each week,contract,Declined,Taken back by the customer',
  );
  const seen = await preview('obligation', file);
  expect(seen.counts).toMatchObject({ added: 3, rejected: 2 });
  expect(seen.rejected).toMatchObject([
    {
      row: 2,
      column: 'State',
      raw: 'Declined',
      message:
        'It stays at "Taken on": “Declined” is reached by “Decline”: Law binds whether or not it is taken on.',
    },
    {
      row: 3,
      column: 'State',
      message:
        'It stays at "Taken on": “Declined” is reached by “Decline”: Why it was not taken on is needed first.',
    },
  ]);
  await apply('obligation', file);
  expect(await states('obligation')).toEqual([
    ['Keep logs', 'taken-on', 'law'],
    ['Report each month', 'taken-on', 'contract'],
    ['Report each week', 'declined', 'contract'],
  ]);

  // What was declined as the wish of a customer does not become law that was declined, by a later file either.
  const later = register(
    'O-1,Keep logs,law,Declined,Not for us',
    'O-2,Report each month,law,Declined,Not for us',
    'O-3,Report each week,law,Declined,Taken back by the customer',
  );
  const next = await preview('obligation', later);
  expect(next.rejected).toContainEqual(
    expect.objectContaining({
      row: 4,
      column: '',
      message: expect.stringMatching(/^Source: what was set before this was “Declined” stays as it was set/),
    }),
  );
  await apply('obligation', later);
  expect(await states('obligation')).toEqual([
    ['Keep logs', 'taken-on', 'law'],
    ['Report each month', 'taken-on', 'law'],
    ['Report each week', 'declined', 'contract'],
  ]);
});

test('a run of the risk assessment is not done by a file that says of nobody that they took part', async () => {
  const { preview, apply, states } = await office();
  const file =
    'Run,Status,Date,Trigger,Result\nYearly run,Done,2026-01-12,planned,none\nDropped,Called off,,,\n';
  expect((await preview('risk-assessment', file)).rejected).toMatchObject([
    {
      row: 2,
      column: 'Status',
      message:
        'It stays at "Planned": “Done” is reached by “Finish”: Participants, By method are needed first.',
    },
  ]);
  await apply('risk-assessment', file);
  expect(await states('risk-assessment')).toEqual([
    ['Yearly run', 'planned', null],
    ['Dropped', 'called-off', null],
  ]);
});

test('a control is not put in place by a file that says neither how it works, nor who keeps it, nor since when', async () => {
  const { create, preview, apply, states } = await office();
  await create('system', { name: 'Triage' });
  await create('control', { name: 'Review of logs', code: 'C-1' });
  const file = [
    'Id,Title,Control,System,State,How it works,Owner,In place since',
    'I-1,Looked at daily,CTL-1,SYS-1,In place,Two people read the log each day,Author A,2020-01-01',
    'I-2,Said with a point,CTL-1,SYS-1,In place,.,Author A,2020-01-01',
    'I-3,Kept by nobody,CTL-1,SYS-1,In place,Two people read the log each day,,',
    'I-4,Begun in part,CTL-1,SYS-1,Partly in place,,,',
    'I-5,For later,CTL-1,SYS-1,Planned,,,',
  ].join('\n');
  const seen = await preview('implementation', file);
  expect(seen.rejected.map(({ row, message }) => [row, message])).toEqual([
    [3, 'It stays at "Planned": “In place” is reached by “Put in place”: How it works is needed first.'],
    [
      4,
      'It stays at "Planned": “In place” is reached by “Put in place”: Owner, In place since are needed first.',
    ],
    [
      5,
      'It stays at "Planned": “Partly in place” is reached by “Put in place in part”: How it works is needed first.',
    ],
  ]);
  await apply('implementation', file);
  expect((await states('implementation')).map(([title, state]) => [title, state])).toEqual([
    ['Looked at daily', 'in-place'],
    ['Said with a point', 'planned'],
    ['Kept by nobody', 'planned'],
    ['Begun in part', 'planned'],
    ['For later', 'planned'],
  ]);
});

test('the next day of a test that was concluded is put off by no file once the test is open again', async () => {
  const { create, preview, apply, opened } = await office();
  await create('control', { name: 'Second reader', code: 'X-1' });
  const file = (on: string, next: string) =>
    `Id,Control test,Control,State,Tested on,Next test\nT-1,Spring test,CTL-1,Under way,${on},${next}`;
  await apply('control-test', file('2026-02-01', '2026-04-01'));
  await opened('control-test');
  expect((await preview('control-test', file('2026-02-01', '2027-01-31'))).rejected).toMatchObject([
    { row: 2, message: 'Next test is put off by testing again alone.' },
  ]);
  const again = await preview('control-test', file('2026-03-20', '2027-01-31'));
  expect([again.counts, again.rejected]).toMatchObject([{ changed: 1, rejected: 0 }, []]);
});
