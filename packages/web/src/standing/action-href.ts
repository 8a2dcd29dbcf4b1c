import type { ActionWire } from '@throughline/domain/wire.ts';
import type { Kinds } from '../api/kinds.ts';
import { newRecordHref } from '../kinds/prefill.ts';

type Deed = ActionWire['do'];

const search = (values: Readonly<Record<string, string | undefined>>): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) params.set(name, value);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
};

const recordHref = (kinds: Kinds, ref: string): string =>
  kinds.href({ ref, kind: kinds.ofRef(ref)?.name ?? '' });

/** The address of a deed; `from` is the page to come back to. Steps and approvals stay where they are. */
export const destinationOf = (deed: Deed, kinds: Kinds, from: string): string | null => {
  switch (deed.type) {
    case 'open':
      if (deed.part === 'classes') return `${recordHref(kinds, deed.ref)}/classes`;
      return recordHref(kinds, deed.ref) + search({ part: deed.part, tab: deed.tab });
    case 'edit':
      // The comparison has a page of its own, with what the Statement of Applicability says beside each control; so has
      // a rating, with the criteria.
      if (deed.part === 'compared') return `${recordHref(kinds, deed.ref)}/comparison`;
      if (deed.part === 'rated') return `${recordHref(kinds, deed.ref)}/rating`;
      return recordHref(kinds, deed.ref) + search({ edit: deed.part, from });
    case 'validate':
      return recordHref(kinds, deed.ref) + search({ act: 'validate' });
    case 'create': {
      const href = newRecordHref(kinds.byName(deed.kind)?.collection ?? deed.kind, deed);
      return href + search({ from }).replace('?', href.includes('?') ? '&' : '?');
    }
    default:
      return null;
  }
};
