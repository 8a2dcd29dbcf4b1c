export const ratingParts = ['Likelihood', 'Organisation', 'Individuals', 'Society', 'Level'] as const;
export const ratingPoints = ['inherent', 'current', 'residual', 'target'] as const;

/** What a risk says of its ratings: four points with five parts each, and what they were read from. */
export const ratingFields: readonly string[] = [
  ...ratingPoints.flatMap((point) => ratingParts.map((part) => `${point}${part}`)),
  'criteriaVersion',
];
