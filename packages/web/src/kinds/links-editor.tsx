import type { KindWire, RefWire } from '@throughline/domain/wire.ts';
import { t } from '../text/t.ts';
import { IconButton } from '../ui/button.tsx';
import type { EditorProps } from '../ui/fields/field.tsx';
import { CloseIcon } from '../ui/icons.ts';
import css from './kinds.module.css';
import { RecordFinder } from './record-finder.tsx';

export type LinksEditorProps = Omit<EditorProps<readonly RefWire[]>, 'reason' | 'onBlur' | 'help'> & {
  relation: Pick<KindWire['relations'][string], 'to' | 'many'>;
};

/** Targets of a relation: those chosen, each with a way to take it away, and a way to find more. */
export const LinksEditor = ({ relation, label, value, onChange, ...props }: LinksEditorProps) => {
  const full = !relation.many && value.length > 0;
  return (
    <div className={css.links}>
      {full ? (
        props.bare === true ? null : (
          <span className={css.linksLabel}>{label}</span>
        )
      ) : (
        <RecordFinder
          {...props}
          label={label}
          to={relation.to}
          chosen={value.map((ref) => ref.id)}
          onChoose={(ref) => onChange(relation.many ? [...value, ref] : [ref])}
        />
      )}
      {value.length === 0 ? null : (
        <ul className={css.linked}>
          {value.map((ref) => (
            <li key={ref.id} className={css.linkedItem}>
              <span>
                {ref.ref} {ref.title}
              </span>
              <IconButton
                small
                label={t('form.chosen-remove', { ref: ref.ref })}
                icon={<CloseIcon size={14} />}
                onClick={() => onChange(value.filter((other) => other.id !== ref.id))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
