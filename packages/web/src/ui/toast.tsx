import { useEffect, useRef, useState } from 'react';
import { t } from '../text/t.ts';
import { Button, IconButton } from './button.tsx';
import { CloseIcon } from './icons.ts';
import { announce } from './live-region.tsx';
import { createStore, useStore } from './store.ts';
import css from './toast.module.css';

export type Notice = { text: string; action?: { label: string; run: () => void } };
type Shown = Notice & { id: number };

const shown = createStore<readonly Shown[]>([]);
let last = 0;

/** How long a notice stays, in milliseconds; the clock stops under the pointer and while focus is inside (WCAG 2.2.1). */
const stay = 12_000;

const close = (id: number): void => shown.set((now) => now.filter((notice) => notice.id !== id));

/** Says what happened at the foot of the window, with one way back at most. At most three stay on screen. */
export const notify = (notice: Notice): void => {
  last += 1;
  const next: Shown = { ...notice, id: last };
  shown.set((now) => [...now.slice(-2), next]);
  announce(notice.text);
};

const Toast = ({ notice }: { notice: Shown }) => {
  const [held, setHeld] = useState(false);
  const left = useRef(stay);
  useEffect(() => {
    if (held) return;
    const began = performance.now();
    const timer = setTimeout(() => close(notice.id), left.current);
    return () => {
      clearTimeout(timer);
      left.current = Math.max(1000, left.current - (performance.now() - began));
    };
  }, [held, notice.id]);
  const act = (): void => {
    notice.action?.run();
    close(notice.id);
  };
  return (
    <li
      className={css.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={css.text}>{notice.text}</span>
      {notice.action === undefined ? null : (
        <Button look="inverse" onClick={act}>
          {notice.action.label}
        </Button>
      )}
      <IconButton
        look="inverse"
        small
        label={t('ui.close')}
        icon={<CloseIcon />}
        onClick={() => close(notice.id)}
      />
    </li>
  );
};

/** Where notices appear. Mounted once, by the application. */
export const ToastArea = () => {
  const notices = useStore(shown);
  return (
    <section aria-label={t('ui.notices')} className={css.area}>
      <ul className={css.list}>
        {notices.map((notice) => (
          <Toast key={notice.id} notice={notice} />
        ))}
      </ul>
    </section>
  );
};
