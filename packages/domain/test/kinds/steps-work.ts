import type { AgreedLifecycle } from './steps.ts';

/** What is done, kept, checked and put right. */
export const workSteps: Readonly<Record<string, AgreedLifecycle>> = {
  notice: {
    states: 'draft in-force withdrawn',
    ended: 'withdrawn',
    steps: [
      ['publish', 'draft', 'in-force', 'audience givenSince version'],
      ['revise', 'in-force withdrawn', 'draft'],
      ['withdraw', 'draft in-force', 'withdrawn'],
    ],
  },
  evidence: {
    states: 'kept rejected disposed',
    ended: 'rejected disposed',
    steps: [
      ['reject', 'kept', 'rejected'],
      ['restore', 'rejected', 'kept'],
      ['dispose', 'kept rejected', 'disposed', 'keepUntil', 'guard'],
    ],
  },
  incident: {
    states: 'open triaged contained closed',
    ended: 'closed',
    steps: [
      ['triage', 'open', 'triaged', 'severity serious triagedAt owner'],
      ['contain', 'triaged', 'contained', 'containment'],
      ['close', 'triaged contained', 'closed', 'causes lessons closedOn', 'guard'],
      ['reopen', 'triaged contained closed', 'open'],
    ],
  },
  audit: {
    states: 'planned under-way reported cancelled',
    ended: 'cancelled',
    steps: [
      ['start', 'planned', 'under-way', 'objective criteria scope lead independenceRows'],
      [
        'report',
        'under-way',
        'reported',
        'lead conclusion populations sample reportIssuedOn recipients auditeeResponse',
        'by lead',
      ],
      ['reopen', 'reported cancelled', 'under-way'],
      ['cancel', 'planned under-way', 'cancelled'],
    ],
  },
  finding: {
    states: 'open answered closed',
    ended: 'closed',
    steps: [
      ['answer', 'open', 'answered', 'grade followUp answer'],
      ['close', 'answered', 'closed', 'closedOn'],
      ['reopen', 'answered closed', 'open'],
    ],
  },
  nonconformity: {
    states: 'open corrected analysed action-planned action-running verifying closed rejected reopened',
    ended: 'closed rejected',
    steps: [
      ['correct', 'open', 'corrected', 'correction consequences correctionDoneOn'],
      ['analyse', 'corrected', 'analysed', 'rootCause similarCases actionNeeded causeFoundOn'],
      ['analyseAgain', 'reopened', 'analysed', 'rootCause'],
      ['plan', 'analysed', 'action-planned', 'actionsPlanned', 'guard'],
      [
        'verifyWithoutAction',
        'analysed',
        'verifying',
        'noActionReason approver',
        'guard, not owner, by approver',
      ],
      ['run', 'action-planned', 'action-running', 'owner actionDue effectivenessCriteria operationNeeded'],
      ['verify', 'action-running', 'verifying', 'completionNote actionDoneOn'],
      [
        'close',
        'verifying',
        'closed',
        'owner effectivenessVerdict verifier operationSeen checkedOn closedOn',
        'guard, not owner, by verifier',
      ],
      ['reopen', 'verifying closed', 'reopened', 'effectivenessVerdict', 'guard'],
      ['reject', 'open', 'rejected', 'rejectionReason approver', 'not owner, by approver'],
      ['takeUp', 'rejected', 'open'],
    ],
  },
  'corrective-action': {
    states: 'planned running done effective not-effective given-up',
    ended: 'given-up',
    steps: [
      ['start', 'planned not-effective', 'running', 'action owner due effectivenessCriteria operationNeeded'],
      ['finish', 'running', 'done', 'completion doneOn'],
      [
        'confirm',
        'done',
        'effective',
        'owner verdict verifier operationSeen checkedOn',
        'guard, not owner, by verifier',
      ],
      [
        'refute',
        'done effective',
        'not-effective',
        'owner verdict verifier',
        'guard, not owner, by verifier',
      ],
      ['giveUp', 'planned running', 'given-up', 'cancelReason'],
      ['plan', 'given-up', 'planned'],
    ],
  },
  task: {
    states: 'open under-way done dropped',
    ended: 'done dropped',
    steps: [
      ['start', 'open', 'under-way'],
      ['finish', 'open under-way', 'done', 'result'],
      ['drop', 'open under-way', 'dropped', 'result'],
      ['reopen', 'under-way done dropped', 'open'],
    ],
  },
  walk: {
    states: 'drawn under-way concluded dropped',
    ended: 'dropped',
    steps: [
      ['start', 'drawn', 'under-way', 'walker'],
      ['conclude', 'under-way', 'concluded', 'walker stations independence walkedOn conclusion', 'by walker'],
      ['drop', 'drawn under-way', 'dropped', 'followUp'],
      ['resume', 'concluded dropped', 'under-way'],
    ],
  },
  concern: {
    states: 'received triaged inquiry answered closed',
    ended: 'closed',
    steps: [
      ['triage', 'received', 'triaged', 'handler triagedAt protection'],
      ['inquire', 'triaged', 'inquiry'],
      ['answer', 'triaged inquiry', 'answered', 'outcome answer answeredOn'],
      ['close', 'answered', 'closed'],
      ['reopen', 'answered closed', 'inquiry'],
    ],
  },
  'working-paper': {
    states: 'draft reviewed superseded',
    ended: 'superseded',
    steps: [
      ['review', 'draft', 'reviewed', 'author', 'not author'],
      ['setAside', 'draft reviewed', 'superseded'],
      ['reopen', 'reviewed superseded', 'draft'],
    ],
  },
};
