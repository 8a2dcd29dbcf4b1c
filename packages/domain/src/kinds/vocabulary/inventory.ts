/** Answers that public inventories ask of a use case. They state what was declared; no rule takes them as proof. */
import { options } from '../vocabulary.ts';

/** Autonomy in words, lowest first: words classify more consistently than high, medium and low. */
export const autonomyOptions = options({
  perception: 'Perception',
  recommendation: 'Recommendation',
  decision: 'Decision',
  action: 'Action',
});

export const sourcingOptions = options({
  'in-house': 'Developed in-house',
  contracted: 'Developed under contract',
  'in-house-and-contracted': 'Developed in-house and under contract',
  bought: 'Bought as a product or service',
  embedded: 'Part of a product already in use',
  'open-source': 'Open source',
  partner: 'Provided by a partner',
});

export const dataDocumentationOptions = options({
  missing: 'Missing or not available',
  partial: 'Partly completed',
  complete: 'Complete',
  'widely-available': 'Complete and widely available',
});

export const modelDocumentationOptions = options({
  none: 'None',
  limited: 'Limited',
  developed: 'Developed',
  published: 'Published inside the organisation',
});

export const codeAccessOptions = options({
  none: 'No access',
  internal: 'Access, not public',
  public: 'Public',
});

export const testingOptions = options({
  none: 'No testing',
  benchmark: 'On benchmarks',
  'performance-in-operation': 'Performance in operation',
  'impact-in-operation': 'Impact in operation',
  waived: 'Waived',
});

export const independentReviewOptions = options({
  none: 'None',
  planned: 'Planned or under way',
  'oversight-board': 'By an oversight board',
  'chief-ai-officer': 'By the chief AI officer',
  'another-office': 'By another office without part in the development',
  done: 'Done, by whom is not stated',
  waived: 'Waived',
});

export const monitoringOptions = options({
  none: 'None established',
  manual: 'Now and then, by hand',
  automated: 'Automated, on a schedule',
  'ml-operations': 'Established operations with drift detection',
  waived: 'Waived',
});

export const reuseOptions = options({
  none: 'Nothing re-used',
  platforms: 'Existing data platforms',
  code: 'Production code of another use',
  'code-and-data': 'Production code and data products',
});

export const waitOptions = options({
  'under-6-months': 'Less than 6 months',
  '6-to-12-months': '6 to 12 months',
  'over-12-months': 'More than 12 months',
});
