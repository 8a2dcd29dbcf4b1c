import type { SentenceWire } from '@throughline/domain/wire.ts';
import { Fragment } from 'react';
import { useKinds } from '../api/kinds.ts';
import { formatDay } from '../text/dates.ts';
import { RefLink } from '../ui/link.tsx';

type Part = SentenceWire[number];

const textOf = (part: Part): string => {
  if (typeof part === 'string') return part;
  if ('ref' in part) return part.ref.ref;
  return 'day' in part ? formatDay(part.day) : part.name;
};

/** The sentence as plain words, for titles, announcements and comparisons. */
export const sentenceText = (parts: SentenceWire): string => parts.map(textOf).join('');

/** Each part with a key of its own: where the text begins, since the same record may stand in a sentence twice. */
const keyed = (parts: SentenceWire): readonly { key: string; part: Part }[] => {
  let at = 0;
  return parts.map((part) => {
    const key = `${at}`;
    at += textOf(part).length + 1;
    return { key, part };
  });
};

/** A sentence of the server's catalogue: records as links, days in the one format. `linked` false where it stands inside a button. */
export const Sentence = ({ parts, linked = true }: { parts: SentenceWire; linked?: boolean }) => {
  const kinds = useKinds();
  return (
    <>
      {keyed(parts).map(({ key, part }) => {
        if (typeof part === 'string' || !('ref' in part) || !linked)
          return <Fragment key={key}>{textOf(part)}</Fragment>;
        return (
          <RefLink key={key} refText={part.ref.ref} href={kinds.href(part.ref)} title={part.ref.title} />
        );
      })}
    </>
  );
};
