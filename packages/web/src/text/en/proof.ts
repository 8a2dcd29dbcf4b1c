/** Words of proofs: what was checked, what was found, and what it means. Nothing is claimed that no one checked. */
export const proof = {
  'proof.title': 'Proof',
  'proof.in-log': 'Version {n} is in the log',
  'proof.waiting': 'Version {n} is not yet numbered in the log',
  'proof.entry': 'Entry {n}',
  'proof.digest': 'Digest of its content',
  'proof.show': 'Show the digest',
  'proof.hide': 'Hide the digest',
  'proof.broken': 'does not match the log',
  'proof.check': 'Check in this browser',
  'proof.check.holds': {
    one: 'Entry {entry} is under the signed checkpoint of {n} entry. Checked in this browser.',
    other: 'Entry {entry} is under the signed checkpoint of {n} entries. Checked in this browser.',
  },
  'proof.check.holds-erased':
    'Entry {entry} is under the signed checkpoint of {n} entries. The content was erased; entry and digest hold.',
  'proof.check.goes-on':
    'The log goes on: the first {from} of its {n} entries are those that were signed before. Checked in this browser.',
  'proof.check.cannot':
    'This browser cannot check Ed25519 signatures. Chrome 137, Edge 137, Firefox 129 and Safari 17 or later can, over HTTPS or on this machine. Download the proof to check it elsewhere.',
  'proof.check.failed': 'Nothing was checked: {why}',
  'proof.fault.not-in-log': 'The entry does not lead to the signed checkpoint: entry or log was altered.',
  'proof.fault.entry-differs': 'The entry in the log is not the one shown here.',
  'proof.fault.signature': 'The checkpoint is not signed by the key of this log.',
  'proof.fault.other-log': 'The checkpoint is of another log. A restored log goes on under a new name.',
  'proof.fault.other-version': 'The entry is about another record or version.',
  'proof.fault.digest-differs': 'The entry names another digest than this version shows.',
  'proof.fault.content-differs':
    'The content is not what was logged: its digest differs from the one that the entry names.',
  'proof.fault.shrunk': 'The log has fewer entries than this checkpoint: it was set back.',
  'proof.fault.forked': 'The log does not go on from this checkpoint: earlier entries are others now.',
  'proof.fault.unreadable': 'This is no checkpoint, proof or key that can be read.',
  'proof.download': 'Download the proof',
  'proof.download-entry': 'Download the entry',
  'proof.place.version': '{ref} version {n}',
  'proof.place.entry': 'entry {n}',
  'proof.place.entries': 'entries {from} to {to}',
  'proof.place.log': 'the log',
  'proof.open-history': 'Open the history of {ref}',
  'proof.gap-open': 'Open entry {n}',
  'proof.gap-look': 'Look at the verification',
} as const;
