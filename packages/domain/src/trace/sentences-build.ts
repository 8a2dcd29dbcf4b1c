/** Sentences on what a version was built, tested, filed and logged by; the same rules as in sentences.ts. */
export const buildSentences = {
  'build-no-version': '{system} has no live version to look behind.',
  're3-none': '{records} {have} no verification with a verdict in force.',
  're3-failed': '{records} {were} found not to pass, and {versions} run{runs} all the same.',
  're3-missed': '{records} missed a threshold without an answer to it.',
  're4-requirements': '{records} {have} no approved requirements.',
  're4-design': '{records} {have} no approved design record, and the organisation builds or adapts.',
  'file-open': '{records} ask{s} for a regulatory file, and none was made in time.',
  'in1-card': '{records} {have} no approved system card.',
  'op3-none': '{system} has no approved log plan.',
  'op3-right': '{records} leave{s} logs with a supplier, and the right to get them was not tried.',
  'op3-unchecked': '{records} {were} not held against the logs in time.',
  'op4-short': '{records} {do} not keep logs for six months.',
} as const;
