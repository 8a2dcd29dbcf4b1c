import type { Content } from '../kinds/kind.ts';

/** A version that an import of the source wrote. */
export type ImportedVersion = {
  readonly act: string;
  /** Fields and relations that the version changed. */
  readonly changed: readonly string[];
  readonly content: Content;
  readonly state: string;
};

/**
 * What the files of a source have said about a record so far, part by part: a part as the latest import that changed it
 * left it. An import leaves alone what people wrote between two files, so the rest of the version that it writes is
 * theirs: taken for the file's own word, it would be new the next time the file says what it always said, and be
 * overwritten. Versions in the order in which they were written, the first of them the one that made the record;
 * nothing where there is none, or where an erasure left the first without content.
 */
export function leftBehind(
  versions: readonly ImportedVersion[],
): { readonly content: Content; readonly state: string } | null {
  const [first, ...later] = versions;
  if (!first) return null;
  let { content, state } = first;
  for (const version of later) {
    if (version.act === 'moved') state = version.state;
    content = {
      fields: withParts(content.fields, version.content.fields, version.changed),
      links: withParts(content.links, version.content.links, version.changed),
    };
  }
  return { content, state };
}

function withParts<V>(
  before: Readonly<Record<string, V>>,
  after: Readonly<Record<string, V>>,
  changed: readonly string[],
): Readonly<Record<string, V>> {
  const names = new Set(changed);
  const kept = Object.entries(before).filter(([name]) => !names.has(name));
  const said = Object.entries(after).filter(([name]) => names.has(name));
  return Object.fromEntries([...kept, ...said]);
}
