import { quoted } from './text.ts';

/** A slug names an organisation where a short name is needed, on the command line too. Lower case, digits, hyphens. */
const shape = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
export const mostSlugLength = 48;

/** What stands for an organisation of this name; `organisation` where nothing of the name can be written so. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('&', ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, mostSlugLength)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'organisation' : plain;
}

/** Reads a slug that somebody chose. */
export function readSlug(text: string): { value: string } | { problem: string } {
  const value = text.trim();
  if (value.length <= mostSlugLength && shape.test(value)) return { value };
  return {
    problem: `${quoted(text)} names no organisation in an address. Use small letters, digits and hyphens, ${mostSlugLength} at most, such as harbour-mutual.`,
  };
}
