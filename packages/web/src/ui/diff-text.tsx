import { t } from '../text/t.ts';
import css from './diff-text.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';
import { wordDiff } from './word-diff.ts';

/** Two texts as one: added words underlined, removed words struck, so that colour is not needed. */
export const DiffText = ({ before, after }: { before: string; after: string }) => {
  let offset = 0;
  return (
    <div className={css.diff}>
      {wordDiff(before, after).map((part) => {
        const key = `${offset} ${part.kind}`;
        offset += part.text.length;
        if (part.kind === 'same') return <span key={key}>{part.text}</span>;
        const Part = part.kind === 'added' ? 'ins' : 'del';
        return (
          <Part key={key} className={css[part.kind]}>
            <VisuallyHidden>[{part.kind === 'added' ? t('ui.added') : t('ui.removed')}: </VisuallyHidden>
            {part.text}
            <VisuallyHidden>]</VisuallyHidden>
          </Part>
        );
      })}
    </div>
  );
};
