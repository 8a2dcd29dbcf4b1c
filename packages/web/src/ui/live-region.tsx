import { createStore, useStore } from './store.ts';
import css from './visually-hidden.module.css';

const message = createStore({ text: '', turn: 0 });

/** Tells assistive technology something, politely: saved, refused, a count after filtering, a station that turned. */
export const announce = (text: string): void => message.set((now) => ({ text, turn: now.turn + 1 }));

/** Speaks what `announce` was given. Mounted once, by the application. Two places alternate, so that the same words twice are heard twice. */
export const LiveRegion = () => {
  const { text, turn } = useStore(message);
  return (
    <div className={css.hidden}>
      <div role="status">{turn % 2 === 0 ? text : ''}</div>
      <div role="status">{turn % 2 === 1 ? text : ''}</div>
    </div>
  );
};
