/**
 * Whether a member is a person of the demo organisation. Nobody can sign in as one; their ids are UUIDs of version 8,
 * made from the demo's own names (RFC 9562, 5.8), while every other member's is of version 7.
 */
export function isDemoMember(id: string): boolean {
  return id.charAt(14) === '8';
}
