/** Order matters: most browsers also name those whose engine they share (RFC 9110 §10.1.5). */
const browsers = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(Headless)?Chrom(e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;
const systems = [
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

/** The browser and its system, as far as they are known: for whoever should learn no more. */
export const coarseAgent = (agent: string | null): string | null => {
  const named = [browsers, systems].flatMap(
    (list) => list.find(([sign]) => sign.test(agent ?? ''))?.[1] ?? [],
  );
  return named.length > 0 ? named.join(', ') : null;
};

/** What a browser says of itself, short enough to know it again: "Firefox, Linux". */
export const agentWords = (agent: string | null): string | null =>
  coarseAgent(agent) ?? (agent === null ? null : agent.slice(0, 40));
