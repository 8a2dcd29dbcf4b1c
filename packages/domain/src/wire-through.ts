/** Somebody or something as a page names it. */
export type NamedWire = { id: string; name: string };

/** What gives the right to an act, where it is not one's own: the place of somebody away, or groups. */
export type ThroughWire = { for?: NamedWire; groups?: readonly NamedWire[] };
