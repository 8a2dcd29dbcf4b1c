import { expect, test } from 'vitest';
import { act, record } from '../../test/trace/kit.ts';
import { approvedVersion, lostApproval } from './approved.ts';

const none = () => undefined;

test('nothing is approved without an approval, and a submission is none', () => {
  expect(approvedVersion(record('document', 'doc-1'), none)).toBeNull();
  expect(approvedVersion(record('document', 'doc-1', { approvals: [act('submit')] }), none)).toBeNull();
});

test('the approved version counts, whatever the working version says', () => {
  const draft = record('document', 'doc-1', {
    version: 3,
    fields: { name: 'Draft' },
    inForce: { version: 2, fields: { name: 'In force' }, links: {} },
    approvals: [act('approve', { version: 2 }), act('submit', { version: 3 })],
  });
  expect(approvedVersion(draft, none)).toMatchObject({
    version: 2,
    fields: { name: 'In force' },
    by: 'boss',
  });
});

test('a withdrawn or void approval approves nothing, and the loss has a day', () => {
  for (const ended of ['void', 'withdraw'] as const) {
    const lost = record('use-case', 'uc-1', {
      approvals: [act('approve'), act(ended, { at: '2026-09-01T09:00:00Z' })],
    });
    expect(approvedVersion(lost, none)).toBeNull();
    expect(lostApproval(lost)).toEqual({ act: ended, at: '2026-09-01T09:00:00Z' });
  }
  expect(lostApproval(record('use-case', 'uc-1', { approvals: [act('approve')] }))).toBeNull();
});

test('an approval grows stale when an input changes or is gone, and a restore makes it stand again', () => {
  const basis = [{ record: 'uc-1', digest: 'digest-uc-1' }];
  const assessment = record('impact-assessment', 'ia-1', { approvals: [act('approve', { basis })] });
  const find = (digest: string) => () => record('use-case', 'uc-1', { digest });
  expect(approvedVersion(assessment, find('digest-uc-1'))?.stale).toEqual([]);
  expect(approvedVersion(assessment, find('another'))?.stale).toEqual(['uc-1']);
  expect(approvedVersion(assessment, none)?.stale).toEqual(['uc-1']);
  const restored = {
    ...assessment,
    approvals: [...assessment.approvals, act('restore', { basis: [{ record: 'uc-1', digest: 'another' }] })],
  };
  expect(approvedVersion(restored, find('another'))?.stale).toEqual([]);
});

test('a draft of an input leaves the approval fresh while the version it stood on is in force', () => {
  const assessment = record('impact-assessment', 'ia-1', {
    approvals: [act('approve', { basis: [{ record: 'doc-1', digest: 'approved' }] })],
  });
  const method = record('document', 'doc-1', { digest: 'draft', approvals: [act('approve')] });
  expect(approvedVersion(assessment, () => method)?.stale).toEqual([]);
});
