/** Who is who: in ISO terms (4.1), in the terms of law, and inside the management system (5.3). */
import { options } from '../vocabulary.ts';

/** Roles an organisation holds towards a system, several at once; ISO/IEC 22989 names. */
export const organisationRoleOptions = options({
  provider: 'AI provider',
  producer: 'AI producer',
  customer: 'AI customer or user',
  partner: 'AI partner',
  subject: 'AI subject',
  authority: 'Relevant authority',
});

/** Operators in the words of Regulation (EU) 2024/1689, Art. 3 and 25. Never the same thing as the ISO roles. */
export const lawRoleOptions = options({
  none: 'None of these',
  provider: 'Provider',
  deployer: 'Deployer',
  importer: 'Importer',
  distributor: 'Distributor',
  'authorised-representative': 'Authorised representative',
  'product-manufacturer': 'Product manufacturer',
  'third-party-supplier': 'Supplier of a part',
  'gpai-provider': 'Provider of a general-purpose model',
});

/** Duties that people hold inside the management system. */
export const internalRoleOptions = options({
  'top-management': 'Top management sponsor',
  'aims-manager': 'AIMS manager',
  'governance-committee': 'AI governance committee',
  'ai-risk-manager': 'AI risk manager',
  'risk-owner': 'Risk owner',
  'impact-assessment-lead': 'Impact assessment lead',
  'system-owner': 'AI system owner',
  'product-owner': 'Product owner',
  'engineering-lead': 'Engineering or model lead',
  'data-steward': 'Data steward',
  'human-overseer': 'Human overseer or reviewer',
  'incident-manager': 'Incident manager',
  'compliance-officer': 'Compliance or legal officer',
  dpo: 'Data protection officer',
  'security-officer': 'Information security officer',
  'procurement-lead': 'Procurement lead',
  'people-lead': 'People and training lead',
  'internal-auditor': 'Internal auditor',
});

/** Parties between whom duties are shared out along the chain (A.10.2). */
export const partyOptions = options({
  'our-organisation': 'Our organisation',
  supplier: 'Supplier',
  partner: 'Partner',
  customer: 'Customer',
  'another-party': 'Another party',
});

export const dataProtectionRoleOptions = options({
  controller: 'Controller',
  'joint-controller': 'Joint controller',
  processor: 'Processor',
  'sub-processor': 'Sub-processor',
  none: 'No personal data',
});

/** Stages of a life cycle as a choice, for what is agreed or needed per stage (ISO/IEC 22989 names). */
export const stageOptions = options({
  inception: 'Inception',
  'design-development': 'Design and development',
  'verification-validation': 'Verification and validation',
  deployment: 'Deployment',
  'operation-monitoring': 'Operation and monitoring',
  'continuous-validation': 'Continuous validation',
  're-evaluation': 'Re-evaluation',
  retirement: 'Retirement',
});
