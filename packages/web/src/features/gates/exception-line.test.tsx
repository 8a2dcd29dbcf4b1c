import { render, screen } from '@testing-library/react';
import type { GateExceptionWire } from '@throughline/domain/wire-gates.ts';
import { expect, test } from 'vitest';
import { ExceptionLine } from './gate-page.tsx';

const gate = { id: 'g1', ref: 'GAT-1', kind: 'gate', title: 'Release', state: 'passed' };
const role = { id: 'r1', ref: 'ROL-1', kind: 'role-assignment', title: 'System owner', state: 'ended' };
const admitted: GateExceptionWire = {
  ...{ type: 'retrospective', until: '2027-11-01', over: false, gate },
  ...{ stands: true, fallen: [] },
};

test('an admission that stands says until when, and one that fell before its end says because of what', () => {
  const { rerender } = render(<ExceptionLine exception={admitted} />);
  expect(screen.getByText(/^Admitted afterwards by GAT-1 until 1 Nov 2027\.$/)).toBeDefined();
  rerender(<ExceptionLine exception={{ ...admitted, stands: false, fallen: [role] }} />);
  expect(screen.getByText(/until 1 Nov 2027\. It no longer stands, because of ROL-1\./)).toBeDefined();
  rerender(<ExceptionLine exception={{ ...admitted, stands: false, fallen: [gate] }} />);
  expect(screen.getByText(/It no longer stands, because of its own approval\./)).toBeDefined();
});
