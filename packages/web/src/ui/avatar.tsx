import css from './avatar.module.css';

const initials = (name: string): string => {
  // What stands in brackets tells people apart and is no part of the name.
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters =
    words.length === 1 ? (words[0] ?? '').slice(0, 2) : `${words[0]?.[0] ?? ''}${words.at(-1)?.[0] ?? ''}`;
  return letters.toUpperCase();
};

/** A person as two letters; the name always stands beside it. */
export const Avatar = ({ name }: { name: string }) => (
  <span className={css.avatar} aria-hidden="true">
    {initials(name)}
  </span>
);
