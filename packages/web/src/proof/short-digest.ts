/** A digest as people compare it: four groups of four, then the last four figures. */
export const shortDigest = (digest: string): string => {
  const groups = digest.slice(0, 16).match(/.{1,4}/g) ?? [];
  return digest.length <= 20 ? groups.join(' ') : `${groups.join(' ')} … ${digest.slice(-4)}`;
};

/** A sentence with its digests in short: whoever needs every figure finds it in the log's state and on the command line. */
export const shortDigests = (sentence: string): string =>
  sentence.replace(/\b[0-9a-f]{64}\b/g, (digest) => shortDigest(digest));
