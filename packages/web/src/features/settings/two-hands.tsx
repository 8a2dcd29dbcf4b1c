import { useQuery } from '@tanstack/react-query';
import { authorityQuery, samePersonsQuery } from '../../api/authority.ts';
import { useSession } from '../../api/session.ts';
import { WhyField, type WhyProps } from '../../proposals/why-field.tsx';
import css from './settings.module.css';
import { type Given, twoHandsNote } from './takes-two.ts';

/** Before roles are given: that it will wait for another administrator, and why it is wanted. Nothing where it does not. */
export const TwoHands = ({
  given,
  asked = false,
  ...why
}: WhyProps & { given: readonly Given[]; asked?: boolean }) => {
  const session = useSession();
  const me = session?.member?.id;
  const { data: table } = useQuery(authorityQuery(null));
  const { data: pairs } = useQuery(samePersonsQuery);
  const mine = (pairs?.items ?? [])
    .map(({ members }) => members.map(({ member }) => member))
    .filter((members) => me !== undefined && members.includes(me));
  const note = twoHandsNote(given, {
    own: [...(me === undefined ? [] : [me]), ...mine.flat()],
    held: session?.roles ?? [],
    named: (table?.grants ?? []).flatMap(({ holder }) => ('role' in holder ? [holder.role] : [])),
  });
  if (note === undefined && !asked && why.error === undefined) return null;
  return (
    <>
      {note === undefined ? null : <p className={css.explain}>{note}</p>}
      <WhyField {...why} />
    </>
  );
};
