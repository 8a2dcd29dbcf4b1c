import type { Actor } from '@throughline/domain/actor.ts';
import { canHandOn } from '@throughline/domain/permissions.ts';
import { isSecondHand } from '@throughline/domain/proposals.ts';
import { persons } from '../../store/identities.ts';
import { linkedAlone } from '../../store/outside-identities.ts';
import type { Reader } from '../../store/reader.ts';
import { memberNames } from '../../store/records.ts';
import { openedAccounts } from '../../store/resets.ts';

/** One administrator alone opened the account; whether whoever asks may say that it is the member who uses it. */
export type OpenedMember = {
  readonly at: Date;
  readonly by: string;
  readonly vouch: boolean;
  /** They set the provider that an address alone linked to it. */
  readonly linked: boolean;
};

/** Accounts that one administrator alone opened, by member. */
export async function openedBy(reader: Reader, actor: Actor): Promise<Map<string, OpenedMember>> {
  const resets = await openedAccounts(reader, null);
  // What was opened weighs more, and is told last of each.
  const links = await linkedAlone(reader);
  const open = [...links, ...resets];
  if (open.length === 0) return new Map();
  const names = await memberNames(
    reader,
    open.map(({ by }) => by),
  );
  const who = await persons(reader);
  const me = actor.type === 'person' ? who.person(actor.member) : undefined;
  return new Map(
    [...Map.groupBy(open, ({ member }) => member)].map(([member, theirs]) => {
      const said = links.filter((link) => link.member === member).flatMap((link) => link.said);
      const first = [
        who.person(member),
        ...theirs.map(({ by }) => who.person(by)),
        ...said.flatMap((one) => who.of(one)),
      ];
      const [{ at, by } = { at: new Date(0), by: '' }] = theirs.slice(-1);
      const linked = resets.every((reset) => reset.member !== member);
      const vouch = me !== undefined && isSecondHand(first, [me]) && canHandOn(actor, 'members');
      return [member, { at, by: names.get(by) ?? '', vouch, linked }] as const;
    }),
  );
}
