import { z } from 'zod';
import { crosswalk } from './crosswalk.ts';
import { domainModel } from './domain-model.ts';
import { euAiAct } from './eu-ai-act.ts';
import { internalAudit } from './internal-audit.ts';
import { iso42001 } from './iso42001.ts';
import { managementReview } from './management-review.ts';
import { mandatoryDocuments } from './mandatory-documents.ts';
import { nistAiRmf } from './nist-ai-rmf.ts';
import { nonconformity } from './nonconformity.ts';
import { organisationLine } from './organisation-line.ts';
import { productRecords } from './product-records.ts';
import { riskLibrary } from './risk-library.ts';
import { sources } from './sources.ts';
import { stations } from './stations.ts';

/** The whole catalogue: one member per data file. */
export const catalogueSchema = z.strictObject({
  iso42001,
  documents: mandatoryDocuments,
  records: productRecords,
  stations,
  organisationLine,
  model: domainModel,
  nistAiRmf,
  crosswalk,
  euAiAct,
  nonconformity,
  internalAudit,
  managementReview,
  riskLibrary,
  sources,
});

export type FileData = z.infer<typeof catalogueSchema>;
export type FileKey = keyof FileData;

/** The file in `data/` that each member comes from. */
export const fileNames: { readonly [K in FileKey]: string } = {
  iso42001: 'iso42001.yaml',
  documents: 'mandatory-documents.yaml',
  records: 'product-records.yaml',
  stations: 'stations.yaml',
  organisationLine: 'organisation-line.yaml',
  model: 'domain-model.yaml',
  nistAiRmf: 'nist-ai-rmf.yaml',
  crosswalk: 'crosswalk.yaml',
  euAiAct: 'eu-ai-act.yaml',
  nonconformity: 'nonconformity.yaml',
  internalAudit: 'internal-audit.yaml',
  managementReview: 'management-review.yaml',
  riskLibrary: 'risk-library.yaml',
  sources: 'sources.yaml',
};

/** `Object.keys` of an object whose keys are closed; types alone forget them. */
const keysOf = <T extends object>(value: T) => Object.keys(value) as (keyof T & string)[];

/** All members, in the order of the catalogue. */
export const fileKeys: readonly FileKey[] = keysOf(fileNames);
