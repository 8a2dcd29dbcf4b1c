/** Sentences on what a version was built, tested, filed and logged by; the same rules as in sentences.ts. */
export const buildSentences = {
  'build-no-version': '{system} has no live version to look behind.',
  're3-none': '{records} {have} no verification with a verdict in force.',
  're3-other': '{records} {were} approved before {versions} changed.',
  'gate-version-failed': '{records} {were} found not to pass.',
  're3-doubted':
    '{records} passed {versions} under conditions and {are} open again: no older verdict counts.',
  're3-failed': '{records} {were} found not to pass, and {versions} run{runs} all the same.',
  're3-missed': '{records} missed a threshold without an answer to it.',
  're3-unborne': '{records} said that it passes, and a threshold was missed.',
  're3-lowered':
    '{records} said that it passes, by less than the threshold that {before} missed: {measures}.',
  're3-conditions': '{records} passed {versions} under conditions, with missed thresholds: {measures}.',
  're4-requirements': '{records} {have} no approved requirements.',
  're4-design': '{records} {have} no approved design record, and the organisation builds or adapts.',
  'file-open': '{records} ask{s} for a regulatory file, and none was made in time.',
  'in1-card': '{records} {have} no approved system card.',
  'op3-none': '{system} has no approved log plan.',
  'op3-right': '{records} leave{s} logs with a supplier, and the right to get them was not tried.',
  'op3-unchecked': '{records} {were} not held against the logs in time.',
  'op4-short': '{records} {do} not keep logs for six months.',

  // Gates
  're1-fallen': '{records} passed a gate that no longer stands, because of {fallen}.',
  're1-entered':
    '{records} {were} live before the release by {gates} was put on record, and {are} not admitted with reason and end date.',
  're1-undecided':
    '{records} let {system} go on and {are} passed no longer: taken back or asked again, and not decided since.',
  're1-condition': '{records} {were} passed under conditions that are past their day and not fulfilled.',
  're1-exception': '{gates} let {versions} run before all criteria were met.',
  'gate-earlier-none': 'No gate before this one was passed.',
  'gate-earlier-fell': '{gate} was passed and no longer stands.',
  'gate-version-none': 'No version is named.',
  'gate-version-other': '{version} is no version of {system}.',
  'gate-no-requirements': '{system} has no approved requirements.',
  'gate-no-design': '{system} has no approved design record.',
  'gate-not-written': 'It is not written down in the gate, in a sentence.',
} as const;
