/** Sentences of the Statement of Applicability; the same rules as in sentences.ts. */
export const statementSentences = {
  'soa-twice': '{control} stands for the same item as {other}. One of the two is dropped.',
  'soa-named-twice': '{control} has the code of {other}. One of the two gets another.',
  'soa-decided-twice':
    '{line} decides about it, and {records} {do} too. One line alone can be in force: withdraw the other.',
  'soa-dropped': '{control} is dropped, and {line} still makes it applicable.',
  'soa-dropped-called': '{control} is dropped, and {records} call{s} for it.',
  'soa-undecided-called': '{records} call{s} for it, and nothing is decided.',
  'soa-excluded-called': '{records} call{s} for it, and {line} excludes it. One of the two is wrong.',
  'soa-excluded-placed': '{line} excludes it, and {records} put{s} it in place.',
  'soa-excluded-reasoned':
    '{line} excludes it, and gives {reasons} as reason for inclusion. One of the two is wrong.',
  'soa-excluded-bare': '{line} excludes it without a reason in a sentence.',
  'soa-applicable-bare': '{line} makes it applicable: nothing calls for it, and no reason is given.',
  'soa-applicable-thin':
    '{line} makes it applicable for {reasons} alone: nothing calls for it, and nobody wrote why.',
  'soa-reason-unsourced': '{line} names {reasons} as reason, and no such record calls for it.',
  'soa-unapproved': '{line} is not approved, so it decides nothing yet.',
  'soa-stale': '{records} changed after {line} was approved.',
  'soa-demanded': 'Law in force or a gate demands it now, and {records} only plan{s} it.',
  'soa-missing': 'It is applicable, and nothing puts it in place.',
  'soa-missing-systems': '{n} of {of} running systems {have} nothing that puts it in place.',
  'soa-late': '{records} {were} to be in place by a day that has passed, or name{s} none.',
  'soa-unaccepted': '{records} {are} planned, and nobody with authority accepted the risk until then.',
  'soa-redated': '{records} {were} moved more than once, and nobody accepted the risk until then since.',
  'soa-untested': 'Nobody else has tested {records} with a conclusion.',
  'soa-changed': '{records} changed after {tests} tested {it}.',
  'soa-failed': '{records} found that it does not work.',
  'soa-retest': 'The next test was due on {day}.',
} as const;
