/** Records of the organisation itself, for the tables of its questions. */
import type { TraceRecord } from '../../src/trace/inputs.ts';
import { approved, record } from './kit.ts';
import { havingShared } from './world.ts';

export const document = (id: string, fields: TraceRecord['fields']) =>
  record('document', id, { ...approved, state: 'kept-up', owner: 'ann', fields });
export const role = (id: string, name: string, person: string, fields: TraceRecord['fields'] = {}) =>
  record('role-assignment', id, { state: 'assigned', fields: { role: name, person, ...fields } });
export const audit = (id: string, fields: TraceRecord['fields'], state = 'reported') =>
  record('audit', id, {
    state,
    fields: {
      reportIssuedOn: '2026-06-01',
      conclusion: 'Runs',
      reallyRuns: 'yes',
      populations: [{ source: 'Ledger', outside: 'yes' }],
      independenceRows: [{ auditor: 'cid' }],
      recipients: ['Board'],
      ...fields,
    },
  });
export const shared = (...records: TraceRecord[]) => havingShared(records);
export const dataset = (id: string, fields: TraceRecord['fields']) =>
  record('dataset', id, { state: 'in-use', owner: 'ann', fields });
