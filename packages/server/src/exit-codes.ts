/** What the process says to whoever called it. Documented in docs/reference/cli.md; numbers never change their meaning. */
export const exitCodes = {
  ok: 0,
  /** An error of ours. */
  failed: 1,
  /** The command or the configuration cannot be understood. */
  usage: 2,
  notFound: 3,
  /** Understood and refused: a value that cannot be taken, a state that does not allow it, a file that cannot be read. */
  refused: 4,
  /** The database does not answer, is not there, or its directory is in use. */
  database: 5,
  /** `trace --fail-on-gap`: the line has gaps. */
  gaps: 10,
  /** `import --strict`, `cells --strict`: cells or rows were rejected, and nothing was applied. */
  rejected: 11,
  /** `log verify`, `verify-proof`: something does not verify. */
  broken: 12,
} as const;
