import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { recordIn } from '../../test/take-steps.ts';
import { wholeAssessment } from '../../test/whole.ts';
import { createRecord } from './create-record.ts';
import { decideApproval } from './decide-approval.ts';
import { editRecord } from './edit-record.ts';
import { readRecord } from './read-record.ts';

let kernel: TestKernel;
const kinds = (name: string) => registry.get(name);

beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

test('a record says of what it is linked with, both ways, how its approval stands', async () => {
  const organisation = await kernel.organisation();
  const author = await kernel.member(organisation, ['aims-manager']);
  const other = await kernel.member(organisation, ['aims-manager']);
  let moment = Date.now();
  const next = (actor: Actor) => {
    moment += 1000;
    return kernel.context(organisation, actor, new Date(moment));
  };
  const make = (kind: string, name: string, links: Record<string, { set: string[] }> = {}) =>
    createRecord(kernel.services, next(author), kinds(kind), { patch: { fields: { name }, links } });
  const system = await make('system', 'Triage');
  const within = { system: { set: [system.id] } };
  const useCase = await make('use-case', 'Sorting', within);
  const assessment = await recordIn(kernel.services, next(author), kinds('impact-assessment'), {
    fields: { ...wholeAssessment(author.member), name: 'Assessment' },
    links: { ...within, covers: { set: [useCase.id] } },
    state: 'completed',
  });
  const seen = { version: assessment.version, digest: assessment.digest.toString('hex'), reason: null };
  const input = { ref: assessment.id, act: 'approve', ...seen } as const;
  await decideApproval(kernel.services, next(other), kinds('impact-assessment'), input);
  const marksOn = async (kind: string, ref: string) =>
    (await readRecord(kernel.services, { organisation, actor: author, kind: kinds(kind), ref })).marks;
  const before = await marksOn('use-case', useCase.id);
  expect(before.standings.get(assessment.id)).toMatchObject({ status: 'approved', stale: [] });
  // A system is approved by nobody, and a line that was never computed has no gaps to count.
  expect([before.standings.has(system.id), before.gaps.size]).toEqual([false, 0]);
  await editRecord(kernel.services, next(author), kinds('use-case'), {
    ref: useCase.id,
    patch: { fields: { purpose: 'Sort people' } },
    version: null,
  });
  const after = await marksOn('use-case', useCase.id);
  expect(after.standings.get(assessment.id)).toMatchObject({ status: 'approved', stale: [useCase.id] });
  expect((await marksOn('impact-assessment', assessment.id)).standings.get(useCase.id)).toEqual({
    status: 'none',
  });
  await kernel.store.owner.query(
    'insert into system_line (organisation, system, strip, gaps) values ($1, $2, $3, 4) on conflict (organisation, system) do update set strip = excluded.strip, gaps = 4',
    [organisation, system.id, 'g'.repeat(15)],
  );
  expect((await marksOn('use-case', useCase.id)).gaps.get(system.id)).toBe(4);
});
