import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** True while the page is being printed: everything folded stands open on paper (UX d 9). */
export const usePrinting = (): boolean => {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes its picture when the event returns, so the page must have changed by then.
    const set = (value: boolean) => (): void => flushSync(() => setPrinting(value));
    const begin = set(true);
    const end = set(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
};
