import type { ActionWire } from '@throughline/domain/wire.ts';
import type { Kinds } from '../api/kinds.ts';

type Deed = ActionWire['do'];

/** Where a deed leads: an address, and for a new record what it is filled with. Null for what happens in place. */
export type Destination = {
  href: string;
  state?: Pick<Extract<Deed, { type: 'create' }>, 'fields' | 'links'>;
};

const search = (values: Readonly<Record<string, string | undefined>>): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) params.set(name, value);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
};

const recordHref = (kinds: Kinds, ref: string): string =>
  kinds.href({ ref, kind: kinds.ofRef(ref)?.name ?? '' });

/** The address of a deed; `from` is the page to come back to. Steps and approvals stay where they are. */
export const destinationOf = (deed: Deed, kinds: Kinds, from: string): Destination | null => {
  switch (deed.type) {
    case 'open':
      return { href: recordHref(kinds, deed.ref) + search({ part: deed.part }) };
    case 'edit':
      return { href: recordHref(kinds, deed.ref) + search({ edit: deed.part, from }) };
    case 'create': {
      const collection = kinds.byName(deed.kind)?.collection ?? deed.kind;
      return {
        href: `/${collection}/new${search({ from })}`,
        state: { fields: deed.fields, links: deed.links },
      };
    }
    default:
      return null;
  }
};
