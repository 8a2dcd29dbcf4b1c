import { expect, test } from 'vitest';
import { type Actor, actorRef } from './actor.ts';

const scope = { until: '2026-12-31', kinds: ['risk'] };
const rows: readonly (readonly [Actor, string, string])[] = [
  [{ type: 'person', member: 'ann', roles: ['admin'] }, 'person', 'ann'],
  [{ type: 'person', member: 'ben', roles: ['external-auditor'], scope }, 'person', 'ben'],
  [{ type: 'token', token: 'tok-1', roles: ['reader'] }, 'token', 'tok-1'],
  [{ type: 'telemetry', source: 'src-1' }, 'telemetry', 'src-1'],
  [{ type: 'rule', rule: 'void' }, 'rule', 'void'],
  [{ type: 'visitor' }, 'visitor', 'visitor'],
];

test.each(rows)(
  'entries keep of %j a type and an id, and nothing that it may do or see',
  (actor, type, id) => {
    expect(actorRef(actor)).toEqual({ type, id });
  },
);
