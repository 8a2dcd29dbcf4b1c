/**
 * Why content or a name was erased. A closed list: the log keeps the reason for good, and free words about what was
 * erased could say again what may no longer be known.
 */
export const erasureReasons = ['person-asked', 'law', 'retention', 'mistake'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

/** Absent where an entry of an earlier release names none, or what it names is unknown here. */
export function erasureReason(value: unknown): ErasureReason | undefined {
  return erasureReasons.find((reason) => reason === value);
}

/** What stands where a name was erased. */
export const erasedName = 'Name erased';

/** Nobody comes back under a name that was erased: the member has neither login nor access. */
export function isErasedName(member: {
  readonly name: string;
  readonly person: string | null;
  readonly active: boolean;
}): boolean {
  return member.name === erasedName && member.person === null && !member.active;
}
