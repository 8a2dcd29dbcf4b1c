import { useKinds } from '../../api/kinds.ts';
import { LinksEditor } from '../../kinds/links-editor.tsx';
import { ChoicesField } from '../../ui/fields/choices-field.tsx';
import type { AuditorChoice } from './auditor-words.ts';
import css from './settings.module.css';
import { t } from './words.ts';

export type AuditorScopeProps = { choice: AuditorChoice; onChange: (choice: AuditorChoice) => void };

/** What an external auditor reads: systems, audits that stand for theirs, kinds. Nothing named is everything. */
export const AuditorScope = ({ choice, onChange }: AuditorScopeProps) => {
  const kinds = useKinds();
  return (
    <fieldset className={css.fieldset}>
      <legend className={css.legend}>{t('auditor.scope')}</legend>
      <LinksEditor
        label={t('auditor.systems')}
        relation={{ to: ['system'], many: true }}
        value={choice.systems}
        optional
        onChange={(systems) => onChange({ ...choice, systems })}
      />
      <LinksEditor
        label={t('auditor.audits')}
        relation={{ to: ['audit'], many: true }}
        value={choice.audits}
        optional
        onChange={(audits) => onChange({ ...choice, audits })}
      />
      <p className={css.quiet}>
        {t('auditor.systems-help')} {t('auditor.audits-help')}
      </p>
      <ChoicesField
        label={t('auditor.kinds')}
        help={t('auditor.kinds-help')}
        value={choice.kinds}
        options={kinds.all.map(({ name, plural }) => ({ value: name, label: plural }))}
        optional
        onChange={(chosen) => onChange({ ...choice, kinds: chosen })}
      />
    </fieldset>
  );
};
