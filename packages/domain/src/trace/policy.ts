/** The four elements of a policy that 5.2 asks for, by field, with the words a page uses. */
export const policyElements: Readonly<Record<string, string>> = {
  fitForPurpose: 'fit for purpose',
  framesObjectives: 'frame for objectives',
  commitsToRequirements: 'commitment to requirements',
  commitsToImprovement: 'commitment to improvement',
};
