import { type Role, roles } from './permissions.ts';

/**
 * Who a comment speaks to. In its text a mention is `@[` the id of a member or of a role `]`: names are looked up when
 * it is shown, so that an erased or changed name does not live on in what others wrote.
 */
export type Mention =
  | { readonly type: 'member'; readonly id: string }
  | { readonly type: 'role'; readonly id: Role };

const pattern = /@\[([0-9a-z-]{1,40})\]/g;
const member = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A text as plain parts and mentions, in order; what only looks like a mention stays text. */
export function partsOf(text: string): readonly (string | Mention)[] {
  const parts: (string | Mention)[] = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    const mention = mentionOf(found[1] ?? '');
    if (mention === null) continue;
    if (found.index > from) parts.push(text.slice(from, found.index));
    parts.push(mention);
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** Everyone a text mentions, each once. */
export function mentionsIn(text: string): readonly Mention[] {
  const found = partsOf(text).filter((part) => typeof part !== 'string');
  return [...new Map(found.map((mention) => [mention.id, mention])).values()];
}

export const mentionText = (id: string): string => `@[${id}]`;

function mentionOf(id: string): Mention | null {
  if (member.test(id)) return { type: 'member', id };
  const role = roles.find((name) => name === id);
  return role === undefined ? null : { type: 'role', id: role };
}
