import { z } from 'zod';
import { aiObjectives, riskSources } from '../vocabulary-assessment.ts';
import { fileMeta, id, text } from './common.ts';

const lists = ['owasp-llm', 'owasp-ml', 'mitre-atlas'] as const;

/** What is known of a system that makes a threat worth a look. */
export const threatFacts = [
  'language-model',
  'learned-model',
  'trained-here',
  'learns-in-use',
  'acts-alone',
  'personal-data',
  'supplied',
] as const;

export const riskLibrary = z.strictObject({
  meta: z.strictObject({
    ...fileMeta('risk-library'),
    language_policy: text,
    lists: z.array(
      z.strictObject({
        id: z.enum(lists),
        name: text,
        edition: text,
        of: text,
        where: text,
        count: z.int(),
      }),
    ),
    suggested_help: text,
  }),
  facts: z.array(z.strictObject({ id: z.enum(threatFacts), words: text })),
  threats: z.array(
    z.strictObject({
      id,
      list: z.enum(lists),
      name: text,
      words: text,
      sources: z.array(z.enum(riskSources)).min(1),
      objectives: z.array(z.enum(aiObjectives)).min(1),
      facts: z.array(z.enum(threatFacts)),
    }),
  ),
});
