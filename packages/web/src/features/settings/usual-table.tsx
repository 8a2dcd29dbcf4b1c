import type { AuthorityWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { ChoiceField, type Option } from '../../ui/fields/choice-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { type Line, usualLines } from './authority-lines.ts';
import css from './settings.module.css';
import { t } from './words.ts';

type Usual = AuthorityWire['usual'][number];

export type UsualTableProps = {
  authority: AuthorityWire;
  /** Roles and people, as a line names its holder. */
  holders: readonly Option[];
  onFill: (lines: readonly Line[]) => void;
  onClose: () => void;
};

/** The usual table, asked for by duty: who each of them is here. It fills in lines, and puts nothing in force. */
export const UsualTable = ({ authority, holders, onFill, onClose }: UsualTableProps) => {
  const [named, setNamed] = useState<Readonly<Record<string, string | null>>>(() =>
    Object.fromEntries(authority.usual.map(({ id, role }) => [id, role === null ? null : `role:${role}`])),
  );
  const lines = usualLines(authority.usual, named);
  const word = (list: AuthorityWire['levels'], id: string) => list.find((one) => one.id === id)?.name ?? id;
  const decides = ({ duty, limits }: Usual): string =>
    t('settings.authority.begin-decides', {
      duty: duty.charAt(0).toUpperCase() + duty.slice(1),
      limits: limits
        .map(({ dimension, level }) =>
          t('settings.authority.begin-limit', {
            name: word(authority.dimensions, dimension).toLowerCase(),
            level: word(authority.levels, level).toLowerCase(),
          }),
        )
        .join('; '),
    });
  return (
    <FormDialog
      title={t('settings.authority.begin-title')}
      submit={t('settings.authority.begin-do')}
      cancel={t('settings.authority.begin-keep')}
      reason={lines.length === 0 ? t('settings.authority.begin-needed') : undefined}
      onSubmit={() => onFill(lines)}
      onClose={onClose}
    >
      <div className={css.dialogForm}>
        <p className={css.explain}>{t('settings.authority.begin-text')}</p>
        {authority.usual.map((holder) => (
          <ChoiceField
            key={holder.id}
            label={holder.name}
            help={decides(holder)}
            placeholder={t('settings.authority.begin-nobody')}
            value={named[holder.id] ?? null}
            options={holders}
            optional
            onChange={(value) => setNamed((now) => ({ ...now, [holder.id]: value }))}
          />
        ))}
      </div>
    </FormDialog>
  );
};
