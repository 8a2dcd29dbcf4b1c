import { defaultAuthority } from '@throughline/catalogue/lookup.ts';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { AuthorityLevel } from '@throughline/catalogue/vocabulary.ts';
import { rank, unaskedDimensions } from './authority.ts';
import type { Role } from './role-grants.ts';

/** What somebody of the usual table decides: one dimension, up to and with one level. */
export type UsualLimit = { readonly dimension: string; readonly level: AuthorityLevel };

/**
 * One duty of the usual table (5.3): what the catalogue calls it, and what it decides. `role` is the role here that the
 * duty is held by; without one it is somebody's by name.
 */
export type UsualHolder = {
  readonly id: string;
  readonly name: string;
  readonly duty: string;
  readonly role: Role | null;
  readonly limits: readonly UsualLimit[];
};

const held: Readonly<Record<string, Role>> = {
  risk_owner: 'risk-owner',
  system_owner: 'system-owner',
  aims_manager: 'aims-manager',
  top_management: 'top-management',
};

/**
 * The catalogue's default table turned round: by duty, the lowest authority first, so that a new organisation says once
 * who each of them is. Who decides several levels of a dimension stands there with the highest of them.
 */
export function usualAuthority(catalogue: Catalogue): readonly UsualHolder[] {
  const { levels, default_table: rows } = catalogue.model.authority;
  const limits = new Map<string, Map<string, AuthorityLevel>>();
  for (const { dimension } of rows) {
    if (unaskedDimensions.includes(dimension)) continue;
    for (const level of levels) {
      const duty = defaultAuthority(catalogue, dimension, level);
      const over = limits.get(duty) ?? new Map<string, AuthorityLevel>();
      limits.set(duty, over.set(dimension, level));
    }
  }
  return catalogue.model.internal_roles.roles
    .flatMap(({ id, name, duty }) => {
      const over = [...(limits.get(id) ?? [])].map(([dimension, level]) => ({ dimension, level }));
      return over.length === 0 ? [] : [{ id, name, duty, role: held[id] ?? null, limits: over }];
    })
    .sort((a, b) => highest(a) - highest(b) || a.limits.length - b.limits.length);
}

const highest = ({ limits }: UsualHolder): number => Math.max(...limits.map(({ level }) => rank(level)));
