import type { ErrorItem } from '../errors.ts';
import { says } from '../trace/read.ts';
import type { Content, Kind } from './kind.ts';

/**
 * What binds whatever one person writes (4.2): as long as a record `binds`, content that asks less than what stood is not
 * kept, and the record is not archived. It ends by a step that somebody else takes than who wrote `said`, which is when it
 * ended and why. What somebody wrote on the same day, and nobody else since, they put right by themselves.
 */
export type TwoHands = {
  readonly binds: (content: Content, state: string) => boolean;
  /** Parts in which content asks less than what stood before it. Pure. */
  readonly less: (before: Content, next: Content, today: string) => readonly string[];
  readonly said: readonly string[];
  /** Relations to what it calls for: that stays in the register for as long. */
  readonly callsFor: readonly string[];
  /** What is said of a part that asks less, of archiving, to whom the step is refused, and while only one hand said the end. */
  readonly says: {
    readonly less: string;
    readonly archive: string;
    readonly end: string;
    readonly still: string;
  };
};

/** How a record stands: what it says, in which state, and whether it is out of the register. */
export type Stood = { readonly content: Content; readonly state: string; readonly archived: boolean };

/** Whether a record binds as it stands, so that one person alone takes nothing away of it. */
export const isBinding = ({ twoHands }: Kind, { content, state, archived }: Stood): boolean =>
  !archived && twoHands?.binds(content, state) === true;

/** That it binds as it stands, where somebody said its end and nobody else took it; nothing where nobody did. */
export const stillBinding = (kind: Kind, stood: Stood): string | undefined =>
  isBinding(kind, stood) && kind.twoHands?.said.some((part) => says(stood.content, part))
    ? kind.twoHands.says.still
    : undefined;

/** What is wrong with content that asks less than what stood, by part; nothing where it takes nothing away. */
export function lessAsked(kind: Kind, stood: Stood, next: Content, today: string): ErrorItem[] {
  const { twoHands, fields, relations } = kind;
  if (!twoHands || !isBinding(kind, stood)) return [];
  return twoHands.less(stood.content, next, today).map((part) => ({
    at: `${part in fields ? 'fields' : 'links'}.${part}`,
    message: `${(fields[part] ?? relations[part])?.label ?? part}: ${twoHands.says.less}`,
  }));
}
