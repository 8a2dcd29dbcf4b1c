import { type KeyboardEvent, useId, useState } from 'react';
import { t } from '../../text/t.ts';
import { classNames } from '../../ui/class-names.ts';
import { LongTextField, type LongTextFieldProps } from '../../ui/fields/text-field.tsx';
import css from './comments.module.css';
import { askedAt, matching, type Target } from './mention-words.ts';

type MentionFieldProps = LongTextFieldProps & { id: string; targets: readonly Target[] };

const boxOf = (id: string): HTMLTextAreaElement | null => {
  const box = document.getElementById(id);
  return box instanceof HTMLTextAreaElement ? box : null;
};

/** Text in which `@` offers people and roles: arrows choose, Enter or Tab takes, Esc closes. */
export const MentionField = ({ targets, ...props }: MentionFieldProps) => {
  const { id, value, onChange } = props;
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  /** Where the `@` stands whose list was closed; null while none was. */
  const [closed, setClosed] = useState<number | null>(null);
  const list = useId();
  const asked = askedAt(value, Math.min(caret, value.length));
  const offered = asked === null || closed === asked.from ? [] : matching(targets, asked.words);
  const place = Math.min(chosen, offered.length - 1);
  const take = (target: Target | undefined): void => {
    if (asked === null || target === undefined) return;
    const before = `${value.slice(0, asked.from)}@${target.name} `;
    onChange(before + value.slice(Math.min(caret, value.length)).trimStart());
    setCaret(before.length);
    setClosed(asked.from);
    // The box has the new text only after it is drawn.
    requestAnimationFrame(() => {
      boxOf(id)?.focus();
      boxOf(id)?.setSelectionRange(before.length, before.length);
    });
  };
  const press = (event: KeyboardEvent): void => {
    if (offered.length === 0 || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown') setChosen((place + 1) % offered.length);
    else if (event.key === 'ArrowUp') setChosen((place + offered.length - 1) % offered.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(offered[place]);
    else if (event.key === 'Escape') setClosed(asked?.from ?? null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={css.mentioning}>
      <LongTextField
        {...props}
        help={t('comments.mention-help')}
        offers={offered.length === 0 ? undefined : { list, active: `${list}-${place}` }}
        onKeyDown={press}
        onChange={(text) => {
          const at = boxOf(id)?.selectionStart ?? text.length;
          onChange(text);
          setCaret(at);
          setChosen(0);
          if (askedAt(text, at) === null) setClosed(null);
        }}
      />
      {offered.length === 0 ? null : (
        <div id={list} role="listbox" aria-label={t('comments.mention')} className={css.offers}>
          {offered.map((target, index) => (
            <div
              key={target.id}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === place}
              className={classNames(css.offer, index === place && css.active)}
              onMouseDown={(event) => {
                event.preventDefault();
                take(target);
              }}
            >
              <span>{target.name}</span>
              {target.role ? <span className={css.quiet}>{t('comments.mention-role')}</span> : null}
            </div>
          ))}
        </div>
      )}
    </div>
  );
};
