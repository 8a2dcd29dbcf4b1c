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
  // Risk
  RI8: ['opportunity'],
  // Controls
  CO7: ['customer'],
  // Build and release
  RE5: ['change-request'],
  // Information
  IN7: ['customer', 'communication'],
  // Operation
  OP2: ['measurement'],
  OP5: ['boundary', 'oversight-decision'],
  OP6: ['boundary', 'oversight-decision'],
  // Evidence: the type of a change says which controls it touches.
  EV3: ['change-request'],
  // Assurance
  AS1: ['audit-programme'],
  // Correction
  CR6: ['authority-report'],
};

/**
 * Rules that are judged on what this release holds, with the kinds that the rest of their text waits for. A verdict
 * of theirs is true of the part judged; the page names what is missing.
 */
export const partlyJudged: Readonly<Record<string, readonly string[]>> = {
  SC2: ['concern'],
  PO3: ['communication', 'awareness'],
  OW5: ['training'],
  SU9: ['measurement'],
  IM4: ['change-request'],
  RI1: ['change-request'],
  IN2: ['customer', 'communication'],
  IN5: ['concern', 'review-request'],
  IN6: ['communication'],
  OP1: ['measurement'],
  OP7: ['measurement', 'authority-report'],
  AS4: ['concern'],
  AS5: ['authority-report'],
  CR7: ['improvement'],
};
