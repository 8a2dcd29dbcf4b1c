import type { LogKnownWire, RecordVerificationWire } from '@throughline/domain/wire-log.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Agent, signedIn, tokenAgent } from '../../../test/factories.ts';
import { verifiedServer } from '../../../test/verified-server.ts';
import { contextOf } from '../../../test/verified-world.ts';
import { eraseName } from '../../store/erase.ts';
import { keepVerdict, verdictWire } from './keep-verdict.ts';
import { proveRef } from './prove-ref.ts';
import { verifyOrganisation } from './verify-organisation.ts';

/** A record that somebody removed from the database: what the log still knows of it, and who is told. */
const its = verifiedServer();
const { tamper, faults } = its;

let auditor: Agent;

beforeEach(async () => {
  auditor = await signedIn(its.server, its.world.organisation, ['external-auditor']);
});

const removeRow = () => tamper(`delete from record where organisation = $1 and kind = 'system'`);
const removeVersions = () => tamper(`delete from revision where organisation = $1 and kind = 'system'`);
const verdict = () =>
  verifyOrganisation(its.server.services, its.world.organisation, { key: undefined, held: [] });
/** As the daily job and the command keep it. */
async function keep(): Promise<void> {
  const found = await verdict();
  await keepVerdict(its.server.services, its.world.organisation, verdictWire(found), found.at);
}
const asked = async (who: Agent, path = '/systems/SYS-1/verification') => {
  const answer = await who.send('GET', path);
  return { status: answer.statusCode, body: answer.json() };
};
const gone = async (who: Agent, path?: string): Promise<RecordVerificationWire> => {
  const { status, body } = await asked(who, path);
  expect(status).toBe(200);
  return body;
};
const told = ({ act, version, byName }: LogKnownWire) => [act, version, byName];

describe('what a verification says of it', () => {
  test('is the ref, as the entry of its creation has it, and who changed it last and when', async () => {
    await removeRow();
    const found = (await verdict()).faults.find(({ table }) => table === 'record');
    expect(found).toMatchObject({
      fault: 'row-gone',
      ref: 'SYS-1',
      record: its.world.system,
      known: {
        act: 'record.edited',
        kind: 'system',
        label: 'AI system',
        version: 2,
        by: { type: 'person', id: its.world.manager.id },
      },
    });
    const place = found?.known?.entry ?? -1;
    const proof = (await its.world.manager.send('GET', `/log/entries/${place}/proof`)).json();
    expect(JSON.parse(proof.entry)).toMatchObject({ act: 'record.edited', at: found?.known?.at });
    // What hung on it says nothing more, and nothing else.
    expect(await faults()).toEqual(['row-gone record SYS-1']);
  });

  test('of a version that is gone is what its own entry says, also where nothing else of the record is left', async () => {
    await tamper(`delete from revision where organisation = $1 and kind = 'system' and version = 1`);
    const first = (await verdict()).faults.find(({ fault }) => fault === 'row-gone');
    expect(first).toMatchObject({ ref: 'SYS-1', version: 1, known: { act: 'record.created', version: 1 } });
    await removeVersions();
    await removeRow();
    const said = (await faults())
      .filter((one) => one.includes('revision'))
      .map((one) => one.replace(/#\d+/, '#'));
    expect(said).toEqual(['row-gone revision SYS-1 v1 #', 'row-gone revision SYS-1 v2 #']);
  });

  test('of an approval that is gone is who gave it', async () => {
    await tamper('delete from approval where organisation = $1');
    const found = (await verdict()).faults.find(({ table }) => table === 'approval');
    expect(found?.known).toMatchObject({ act: 'approval.approve', by: { id: its.world.other.id } });
  });

  test('has no ref where an earlier release named no number, and no words where the entry is another now', async () => {
    await tamper(
      `update entry set body = convert_to(replace(convert_from(body, 'UTF8'), '"number":1,', ''), 'UTF8')
        where organisation = $1 and record = $2 and act = 'record.created'`,
      its.world.system,
    );
    await tamper(
      `update entry set body = '{}' where organisation = $1 and record = $2 and act = 'record.edited'`,
      its.world.system,
    );
    await removeRow();
    const found = (await verdict()).faults.find(
      ({ fault, table }) => fault === 'row-gone' && table === 'record',
    );
    expect(found).toMatchObject({ ref: null, known: { act: 'record.created', version: 1 } });
  });

  test('is kept without a name and shown with the one of today', async () => {
    await removeRow();
    await keep();
    const { rows } = await its.server.store.owner.query(
      'select report::text as report from log_verification where organisation = $1 order by at desc limit 1',
      [its.world.organisation],
    );
    expect(rows[0].report).toContain(its.world.manager.id);
    expect(rows[0].report).not.toContain('Head of compliance');
    const message = async () => {
      const { report } = (await its.world.other.send('GET', '/log/state')).json().verification;
      return report.faults.find(({ table }: { table: string }) => table === 'record').message;
    };
    expect(await message()).toMatch(
      /^SYS-1, record is named by an entry and is not there\. The log knows it: AI system, version 2, edited by Head of compliance on \d{4}-\d\d-\d\d at \d\d:\d\d UTC, entry \d+$/,
    );
    await its.server.store.change(contextOf(its.server, its.world.organisation), (write) =>
      eraseName(write, its.world.manager.id, 'person-asked'),
    );
    expect(await message()).not.toContain('Head of compliance');
  });

  test('that an earlier release kept is shown as it was', async () => {
    await removeRow();
    await keep();
    await tamper(
      `update log_verification set report = jsonb_set(report, '{faults}',
        (select jsonb_agg(one - 'known') from jsonb_array_elements(report -> 'faults') one)) where organisation = $1`,
    );
    const { report } = (await its.world.manager.send('GET', '/log/state')).json().verification;
    expect(report.faults.map(({ known }: { known: unknown }) => known)).toEqual(
      report.faults.map(() => null),
    );
  });
});

describe('in the place of its page', () => {
  test('stands what each of its entries says, newest first, and what does not verify', async () => {
    await removeRow();
    const found = await gone(its.world.manager);
    expect(found.gone?.map(told)).toEqual([
      ['record.edited', 2, 'Head of compliance'],
      ['record.created', 1, 'Head of compliance'],
    ]);
    expect([found.holds, found.ref, found.versions.map(({ standing }) => standing)]).toEqual([
      false,
      'SYS-1',
      ['verifies', 'verifies'],
    ]);
    expect(found.faults.map(({ fault, table }) => [fault, table])).toEqual([['row-gone', 'record']]);
    expect(found.faults[0]?.message).toContain('edited by Head of compliance on');
    expect((await gone(its.world.manager, `/systems/${its.world.system}/verification`)).gone).toEqual(
      found.gone,
    );
    expect((await asked(its.world.manager, '/systems/SYS-1')).status).toBe(404);
  });

  test('stands the same where its versions are gone too, each of them named', async () => {
    await removeRow();
    await removeVersions();
    const found = await gone(its.world.manager);
    expect(found.gone?.map(told)).toHaveLength(2);
    expect(found.versions.map(({ version, standing }) => [version, standing])).toEqual([
      [2, 'differs'],
      [1, 'differs'],
    ]);
  });

  test('of a record whose newest version alone is gone, its own page stands and names nobody for it', async () => {
    await tamper(`delete from revision where organisation = $1 and kind = 'system' and version = 2`);
    const { body } = await asked(its.world.other, '/systems/SYS-1');
    expect([body.version, body.updatedBy]).toEqual([2, { type: 'person', id: '' }]);
    expect((await gone(its.world.other)).gone).toBeNull();
  });

  test('of a record that is there stands none of it', async () => {
    expect((await gone(its.world.manager)).gone).toBeNull();
  });

  test('whoever set the counter back as well is found once the whole was verified', async () => {
    await removeRow();
    await tamper(`update counter set next = 1 where organisation = $1 and kind = 'system'`);
    expect((await asked(its.world.manager)).status).toBe(404);
    await keep();
    expect((await gone(its.world.manager)).gone).toHaveLength(2);
  });

  test('the command line says it too, in place of a proof', async () => {
    await removeRow();
    const actor = { type: 'rule', rule: 'operator' } as const;
    const prove = (ref: string) =>
      proveRef(its.server.services, { organisation: its.world.organisation, actor, ref });
    await expect(prove('SYS-1')).rejects.toThrow(
      /^The row of SYS-1 is not there, and the log knows it: AI system, version 2, edited by Head of compliance on .*run "throughline log verify"\.$/,
    );
    await expect(prove('SYS-2')).rejects.toThrow('You cannot see this, or it does not exist.');
  });
});

describe('the same answer as for what never was', () => {
  /** An answer but for the address that was asked for and the id of the request. */
  const same = async (who: Agent, path: string) => {
    const { status, body } = await asked(who, path);
    const { instance: _, ...rest } = body;
    return JSON.stringify([status, rest]);
  };

  test('has whoever may not read every record of the kind', async () => {
    const scope = { until: '2999-12-31', kinds: 'all', systems: [its.world.system] };
    await its.server.store.owner.query('update member set scope = $2 where id = $1', [
      auditor.id,
      JSON.stringify(scope),
    ]);
    const narrow = await tokenAgent(its.server, its.world.organisation, ['reader'], {
      kinds: ['risk'],
      acts: ['read', 'log'],
    });
    const before = await asked(auditor);
    expect(before.status).toBe(200);
    await removeRow();
    for (const who of [auditor, narrow])
      for (const path of ['SYS-1', its.world.system])
        expect(await same(who, `/systems/${path}/verification`)).toBe(
          await same(who, '/systems/SYS-99/verification'),
        );
    await keep();
    expect(await same(auditor, '/systems/SYS-1/verification')).toBe(
      await same(auditor, '/systems/SYS-99/verification'),
    );
  });

  test('has everybody for a number that was never given, one that no change took, and another kind', async () => {
    await removeRow();
    await tamper(`update counter set next = 9 where organisation = $1 and kind = 'system'`);
    for (const path of [
      '/systems/SYS-99/verification',
      '/systems/SYS-7/verification',
      '/systems/01890000-0000-7000-8000-000000000001/verification',
      `/documents/${its.world.system}/verification`,
      '/documents/SYS-1/verification',
      '/systems/nonsense/verification',
    ])
      expect([path, (await asked(its.world.manager, path)).status]).toEqual([path, 404]);
  });
});
