import type { AuthorityGrantWire, AuthorityWire } from '@throughline/domain/wire-pages.ts';
import { isRole } from './roles.ts';

/** A line of the table while it is edited. `holder` is `role:NAME` or `member:ID`. */
export type Line = {
  key: number;
  level: string | null;
  dimension: string | null;
  holder: string | null;
  delegate: string | null;
  until: string | null;
};

export const linesOf = (grants: readonly AuthorityGrantWire[]): readonly Line[] =>
  grants.map(({ level, dimension, holder, delegate, until }, key) => ({
    key,
    level,
    dimension,
    holder: 'role' in holder ? `role:${holder.role}` : `member:${holder.member}`,
    delegate: delegate?.member ?? null,
    until,
  }));

/**
 * The usual table as lines: each duty's limits with whom it was given to. A duty that nobody was named for has none.
 */
export const usualLines = (
  usual: AuthorityWire['usual'],
  holders: Readonly<Record<string, string | null>>,
): readonly Line[] =>
  usual
    .flatMap(({ id, limits }) => {
      const holder = holders[id] ?? null;
      return holder === null ? [] : limits.map((limit) => ({ ...limit, holder }));
    })
    .map((line, key) => ({ key, delegate: null, until: null, ...line }));

/** Names of what no line speaks of, by who decides there: roles alone, or nobody where its lines have ended. */
export const withoutLines = (
  dimensions: AuthorityWire['dimensions'],
  lines: readonly Pick<Line, 'dimension'>[],
): Readonly<Record<'roles' | 'nobody', readonly string[]>> => {
  const left = dimensions.filter(({ id }) => !lines.some(({ dimension }) => dimension === id));
  const names = (open: boolean) =>
    left.filter(({ decidedBy }) => (decidedBy === 'roles') === open).map(({ name }) => name);
  return { roles: names(true), nobody: names(false) };
};

export const emptyLine = (lines: readonly Line[]): Line => ({
  key: Math.max(-1, ...lines.map(({ key }) => key)) + 1,
  level: null,
  dimension: null,
  holder: null,
  delegate: null,
  until: null,
});

const holderOf = (text: string) => {
  const [type, id = ''] = text.split(':', 2);
  if (type === 'member') return { member: id };
  return isRole(id) ? { role: id } : null;
};

/** The table as the server takes it; null while a line lacks what makes it a decision. */
export const grantsOf = (lines: readonly Line[]) => {
  const grants = lines.flatMap(({ level, dimension, holder, delegate, until }) => {
    const who = holder === null ? null : holderOf(holder);
    return level === null || dimension === null || who === null
      ? []
      : [{ level, dimension, holder: who, delegate, until }];
  });
  return grants.length === lines.length ? grants : null;
};
