import { expect, test } from 'vitest';
import { readBody, Told } from './told.ts';

const said = (index: number, body: Record<string, unknown>) => ({ index, id: `e${index}`, body });

test('the first and the newest entry about a thing are kept, and refusals leave no row to look for', () => {
  const told = new Told();
  told.add(said(0, { act: 'token.created', token: 't' }));
  told.add(said(1, { act: 'token.revoked', token: 't' }));
  told.add(said(2, { act: 'session.refused', session: 's' }));
  expect([told.of('token').get('t')?.first.index, told.of('token').get('t')?.last.index]).toEqual([0, 1]);
  expect(told.of('session').size).toBe(0);
});

test('a restore leaves sessions behind, and logins where one organisation came alone', () => {
  const told = new Told();
  told.add(said(0, { act: 'session.started', session: 's' }));
  told.add(said(1, { act: 'log.restored', scope: 'installation' }));
  expect([told.of('session').size, told.restoredAt, told.loginsLeftAt]).toEqual([0, 1, -1]);
  told.add(said(2, { act: 'log.restored', scope: 'organisation' }));
  expect([told.restoredAt, told.loginsLeftAt]).toEqual([2, 2]);
  // Right after a restore its entry has no place yet: everything that has one is from before.
  told.add(said(-1, { act: 'log.restored', scope: 'organisation' }));
  expect(told.restoredAt).toBeGreaterThan(1_000_000);
  expect(told.loginsLeftAt).toBe(told.restoredAt);
});

test('what is no entry of a known act is not read', () => {
  for (const text of ['', 'null', '[]', '{', '{"act":"unknown.act"}', '"record.created"'])
    expect(readBody({ body: Buffer.from(text) })).toBe(undefined);
  expect(readBody({ body: Buffer.from('{"act":"record.created"}') })).toEqual({ act: 'record.created' });
});
