import { type RefObject, useEffect, useState } from 'react';

/** True once the element has left the top of what is in sight, under the 44 px bar: what follows it then sticks. */
export const useStuck = (sentinel: RefObject<HTMLElement | null>): boolean => {
  const [stuck, setStuck] = useState(false);
  useEffect(() => {
    const element = sentinel.current;
    if (element === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry === undefined) return;
        const top = entry.rootBounds?.top ?? 0;
        setStuck(!entry.isIntersecting && entry.boundingClientRect.top < top + 1);
      },
      { rootMargin: '-44px 0px 0px 0px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [sentinel]);
  return stuck;
};
