/**
 * Rules of the line that are judged from a later release, with the kinds they wait for. They are named on the page
 * and count for nothing: neither held nor missed. A test keeps this list and the rules in code apart and complete.
 */
export const laterRules: Readonly<Record<string, readonly string[]>> = {
  // Scope
  SC6: ['reconciliation'],
  // Ownership
  OW6: ['training', 'awareness'],
  OW7: ['attestation'],
  // Supply
  SU7: ['customer'],
  // Impact
  IM4: ['change-request'],
  // Risk
  RI1: ['risk-assessment', 'change-request'],
  RI6: ['risk-criteria'],
  RI8: ['opportunity'],
  // Controls
  CO7: ['customer'],
  // Build and release
  RE3: ['verification'],
  RE4: ['requirement-spec', 'design-record'],
  RE5: ['change-request'],
  RE6: ['regulatory-file'],
  RE7: ['regulatory-file'],
  // Information
  IN7: ['customer', 'communication'],
  // Operation
  OP2: ['measurement'],
  OP3: ['log-plan'],
  OP4: ['log-plan'],
  OP5: ['boundary', 'oversight-decision'],
  OP6: ['boundary', 'oversight-decision'],
  OP8: ['regulatory-file'],
  // Evidence: the type of a change says which controls it touches.
  EV3: ['change-request'],
  // Assurance
  AS1: ['audit-programme'],
  // Correction
  CR6: ['authority-report'],
};
