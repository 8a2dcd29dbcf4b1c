/** A digest as people compare it: four groups of four, then the last four figures. */
export const shortDigest = (digest: string): string => {
  const groups = digest.slice(0, 16).match(/.{1,4}/g) ?? [];
  return digest.length <= 20 ? groups.join(' ') : `${groups.join(' ')} … ${digest.slice(-4)}`;
};
