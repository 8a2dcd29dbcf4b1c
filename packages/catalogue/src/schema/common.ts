import { z } from 'zod';
import {
  authorityDimensions,
  documentedDegrees,
  internalRoles,
  lifeCycleStages,
  organisationRoles,
  requirementSources,
  scopes,
  stationIds,
  weights,
} from '../vocabulary.ts';

/** A line of text that says something. */
export const text = z.string().regex(/\S/, 'empty text');
export const texts = z.array(text);

/** An id as other files refer to it. Which file it must be found in is checked by `references.ts`. */
export const id = z.string().regex(/^\S(?:.*\S)?$/, 'not an id');
export const ids = z.array(id);

/** A calendar day, `2026-08-02`. */
export const day = z.iso.date();

/** An ISO 8601 duration, `P1Y`, `P15D`, `PT48H`. */
export const duration = z.iso.duration();

export const scope = z.enum(scopes);
export const weight = z.enum(weights);
export const requirementSource = z.enum(requirementSources);
export const documented = z.enum(documentedDegrees);
export const stationId = z.enum(stationIds);
export const lifeCycleStage = z.enum(lifeCycleStages);
export const organisationRole = z.enum(organisationRoles);
export const internalRole = z.enum(internalRoles);
export const authorityDimension = z.enum(authorityDimensions);

/** Explanations of the field names a file uses. */
export const fieldHelp = z.record(z.string(), text);

/** What every file says of itself first; files add to it. */
export const fileMeta = <N extends string>(file: N) => ({ file: z.literal(file), version: text });
