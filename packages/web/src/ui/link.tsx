import { useRouter } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, type MouseEvent, type ReactNode, type Ref, useRef } from 'react';
import css from './link.module.css';
import { parseSearch } from './navigate.ts';

export type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  href: string;
  /** `plain` looks like the text around it, `accent` like a link in a sentence, `quiet` like meta text. */
  look?: 'plain' | 'accent' | 'quiet';
  ref?: Ref<HTMLAnchorElement>;
  children: ReactNode;
};

const ownAddress = (href: string): boolean => href.startsWith('/') && !href.startsWith('//');
const opensElsewhere = (event: MouseEvent<HTMLAnchorElement>): boolean =>
  event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;

/** How long the pointer or focus rests before the page's code is fetched (UX i). */
const rest = 60;

/** A real `<a>` that moves inside the application without a reload and fetches the next page's code on intent. */
export const Link = ({
  href,
  look = 'accent',
  className,
  onClick,
  target,
  download,
  ...others
}: LinkProps) => {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const inside = ownAddress(href) && target === undefined && download === undefined;
  const intend = (): void => {
    if (!inside) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const url = new URL(href, location.href);
      void router.preloadRoute({ to: url.pathname, search: parseSearch(url.search) });
    }, rest);
  };
  const forget = (): void => clearTimeout(timer.current);
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (!inside || event.defaultPrevented || opensElsewhere(event)) return;
    event.preventDefault();
    forget();
    router.history.push(href);
  };
  return (
    <a
      {...others}
      href={href}
      target={target}
      download={download}
      {...(target === '_blank' ? { rel: 'noreferrer' } : {})}
      className={[css[look], className].filter(Boolean).join(' ')}
      onClick={follow}
      onMouseEnter={intend}
      onMouseLeave={forget}
      onFocus={intend}
      onBlur={forget}
    />
  );
};

export type RefLinkProps = { refText: string; href: string; title?: string };

/** A record's ref in a sentence: accent, underlined, never broken over two lines. */
export const RefLink = ({ refText, href, title }: RefLinkProps) => (
  <Link href={href} look="plain" className={css.ref} title={title}>
    {refText}
  </Link>
);
