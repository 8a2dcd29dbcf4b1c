import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '../../test/address.ts';
import { type Ran, runCommand } from '../../test/command-line.ts';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import * as matrix from '../http/answers/soa-matrix.ts';
import { createRecord } from '../records/create-record.ts';

let kernel: TestKernel;
let address: string;
let organisation: string;

beforeAll(async () => {
  kernel = await testKernel();
  address = addressOf(kernel.database.owner);
  organisation = await kernel.organisation('Harbour Mutual');
  const writer = await kernel.member(organisation, ['aims-manager']);
  for (const name of ['Triage', 'Scores'])
    await createRecord(kernel.services, kernel.context(organisation, writer), registry.get('system'), {
      patch: { fields: { name } },
    });
});
afterAll(() => kernel.close());

const run = (...words: string[]): Promise<Ran> => runCommand(words, { DATABASE_URL: address });
const json = (ran: Ran): unknown => JSON.parse(ran.out);
const count = async (kind: string): Promise<number> => {
  const { rows: found } = await kernel.store.owner.query<{ n: number }>(
    'select count(*)::int as n from record where kind = $1',
    [kind],
  );
  return found[0]?.n ?? 0;
};

describe('cells', { timeout: 120_000 }, () => {
  /** An own control that the statement makes applicable, by a decision that another person approved. */
  async function applicableControl(): Promise<string> {
    const [writer, approver] = [
      await kernel.member(organisation, ['aims-manager']),
      await kernel.member(organisation, ['top-management']),
    ];
    const make = (kind: string, fields: object, links: object) =>
      createRecord(kernel.services, kernel.context(organisation, writer), registry.get(kind), {
        patch: { fields: { ...fields }, links: { ...links } },
      });
    const control = await make('control', { code: 'X-9', name: 'Second reading' }, {});
    const said = { name: 'Second reading', decision: 'applicable', reasons: ['house-rule'] };
    const line = await make(
      'applicability',
      { ...said, justification: 'Each letter is read twice.' },
      { control: { set: [control.id] } },
    );
    await kernel.store.change(kernel.context(organisation, approver), async (write) => {
      const record = (await write.lock([line.id])).get(line.id);
      if (record) write.approval(record, 'approve', { version: 1, digest: record.digest });
    });
    return writer.member;
  }

  test('puts a control in place on several systems in one change, as it was tried before', async () => {
    const owner = await applicableControl();
    const words = ['cells', '--control', 'X-9', '--system', 'SYS-1', 'SYS-2', '--state', 'in-place'];
    const said = ['--how', 'Two people read each letter', '--since', '2026-01-05', '--because', 'Walked'];
    const fields = [...said, '--owner', owner];
    expect((await run(...words, ...said, '--owner', 'nobody@example.org')).code).toBe(3);
    const before = await count('implementation');
    const dry = await run(...words, ...fields, '--dry-run');
    expect(dry.out, dry.err).toMatch(/^Nothing is written\. Made would be 2,/);
    expect(await count('implementation')).toBe(before);
    const ran = await run(...words, ...fields, '--strict', '--json');
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(matrix.cellsSet.parse(json(ran))).toMatchObject({ made: 2, refused: [] });
    expect(await count('implementation')).toBe(before + 2);
    expect((await run(...words)).out).toMatch(/^Made 0, changed 0, as they were 2, refused 0\./);
  });

  test('sets controls on several systems at once, names what refuses, and strictly writes nothing', async () => {
    const cells = (...words: string[]) =>
      run('cells', '--control', 'A.6.2.4', '--system', 'SYS-1', 'SYS-2', '--state', 'planned', ...words);
    const before = await count('implementation');
    const ran = await cells('--planned-on', '2099-01-31');
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(/^Made 0, changed 0, as they were 0, refused 2\.\n/);
    expect(ran.out).toContain('A.6.2.4 on SYS-2: Nobody adopted A.6.2.4 yet.');
    const dry = matrix.cellsSet.parse(json(await cells('--planned-on', '2099-01-31', '--dry-run', '--json')));
    expect(dry.refused).toHaveLength(2);
    expect((await cells('--planned-on', '2099-01-31', '--strict')).code).toBe(11);
    expect(await count('implementation')).toBe(before);
    for (const [words, code] of [
      [['--control', 'A.6.2.4', '--system', 'SYS-999999', '--state', 'planned'], 4],
      [['--control', 'A.6.2.4', '--system', 'SYS-1', '--state', 'soon'], 2],
      [['--control', 'A.6.2.4', '--state', 'planned'], 2],
    ] as const)
      expect([words, (await run('cells', ...words)).code]).toEqual([words, code]);
  });
});
