import type { MemberWire } from '@throughline/domain/wire.ts';
import { roleWords } from './roles.ts';

/** Members of whom every word stands in the name, the address or the roles as the page says them, in any case. */
export const peopleFound = (members: readonly MemberWire[], text: string): readonly MemberWire[] => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return members;
  return members.filter(({ name, email, roles }) => {
    const said = `${name} ${email ?? ''} ${roleWords(roles)}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
};
