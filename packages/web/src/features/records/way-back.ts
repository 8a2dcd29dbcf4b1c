import { useEffect } from 'react';

/** An address of this application, to go back to; undefined for any other, so that a link cannot lead away. */
export const ownAddress = (href: string | undefined): string | undefined =>
  href !== undefined && /^\/(?![/\\])/.test(href) ? href : undefined;

/** Brings the part that an address points at into sight and gives it focus. */
export const usePointed = (part: string | undefined): void => {
  useEffect(() => {
    if (part === undefined) return;
    const place = document.querySelector(`[data-property="${CSS.escape(part)}"]`);
    place?.scrollIntoView({ block: 'center' });
    place?.querySelector<HTMLElement>('button, a, input')?.focus({ preventScroll: true });
  }, [part]);
};
