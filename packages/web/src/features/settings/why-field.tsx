import { useQuery } from '@tanstack/react-query';
import { authorityQuery, samePersonsQuery } from '../../api/authority.ts';
import { useSession } from '../../api/session.ts';
import { TextField } from '../../ui/fields/text-field.tsx';
import { p } from './proposal-text.ts';
import css from './settings.module.css';
import { type Given, twoHandsNote } from './takes-two.ts';

type Props = { value: string; error: string | undefined; onChange: (value: string) => void };

/** Why something is done that may take two hands: for whoever confirms it, and for the log. */
export const WhyField = ({ value, error, onChange }: Props) => (
  <TextField
    label={p('proposal.why')}
    help={p('proposal.why-help')}
    value={value}
    maxLength={500}
    optional
    error={error}
    onChange={onChange}
  />
);

/** Before roles are given: that it will wait for another administrator, and why it is wanted. Nothing where it does not. */
export const TwoHands = ({
  given,
  asked = false,
  ...why
}: Props & { given: readonly Given[]; asked?: boolean }) => {
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

/** The reason as a request carries it: none where nobody wrote one. */
export const whyOf = (value: string): { reason?: string } =>
  value.trim() === '' ? {} : { reason: value.trim() };
