import { useQuery } from '@tanstack/react-query';
import type { RoleHolderWire, RoleWire } from '@throughline/domain/wire-people.ts';
import { useKinds } from '../../api/kinds.ts';
import { rolesQuery } from '../../api/people.ts';
import { troubleOf } from '../../api/trouble.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { throughWords } from './holder-words.ts';
import { roleWord } from './roles.ts';
import roles from './roles-page.module.css';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { t } from './words.ts';

const actsWords = (acts: RoleWire['may'][number]['acts']): string =>
  acts.map((act) => t(`settings.tokens.act.${act}`)).join(', ');

const MayTable = ({ role, labelOf }: { role: RoleWire; labelOf: (kind: string) => string }) => (
  <ScrollBox label={t('roles.table-of', { role: roleWord(role.role) })}>
    <table
      className={`${plain.table} ${roles.may}`}
      aria-label={t('roles.table-of', { role: roleWord(role.role) })}
    >
      <thead>
        <tr>
          <th scope="col">{t('roles.may')}</th>
          <th scope="col">{t('roles.of')}</th>
          <th scope="col">{t('roles.records')}</th>
          <th scope="col">{t('roles.why')}</th>
        </tr>
      </thead>
      <tbody>
        {role.may.map((row) => (
          <tr key={row.why}>
            <td>{actsWords(row.acts)}</td>
            <td>{row.kinds === 'all' ? t('roles.every-kind') : row.kinds.map(labelOf).join(', ')}</td>
            <td>{row.records}</td>
            <td className={roles.why}>{row.why}</td>
          </tr>
        ))}
        {role.administers.map(({ act, what, why }) => (
          <tr key={act}>
            <td>{t(`settings.tokens.act.${act}`)}</td>
            <td>{t('roles.organisation')}</td>
            <td>{what}</td>
            <td className={roles.why}>{why}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollBox>
);

const Holder = ({ holder }: { holder: RoleHolderWire }) => {
  const through = throughWords(holder);
  return (
    <li>
      {holder.member.name}
      {holder.service ? <span className={css.quiet}> {t('roles.service')}</span> : null}
      {through === '' ? null : <span className={css.quiet}> {through}</span>}
    </li>
  );
};

const RoleSection = ({ role, labelOf }: { role: RoleWire; labelOf: (kind: string) => string }) => (
  <section className={roles.role} aria-labelledby={`role-${role.role}`}>
    <h2 id={`role-${role.role}`} className={css.heading}>
      {roleWord(role.role)}
    </h2>
    <p className={css.explain}>{role.purpose}</p>
    <h3 className={roles.label}>{t('roles.holders')}</h3>
    {role.holders.length === 0 ? (
      <p className={css.quiet}>{t('roles.nobody')}</p>
    ) : (
      <ul className={roles.holders}>
        {role.holders.map((holder) => (
          <Holder key={holder.member.id} holder={holder} />
        ))}
        {role.holderCount > role.holders.length ? (
          <li className={css.quiet}>{t('roles.more', { n: role.holderCount - role.holders.length })}</li>
        ) : null}
      </ul>
    )}
    <MayTable role={role} labelOf={labelOf} />
  </section>
);

/** `/roles`: what each role may and why, as the server decides, and who holds it. */
export const Page = () => {
  const kinds = useKinds();
  const labelOf = (kind: string): string => kinds.byName(kind)?.plural ?? kind;
  const { data, error, refetch } = useQuery(rolesQuery);
  const problem = troubleOf(error);
  return (
    <SettingsFrame title={t('roles.sentence')} sentence={t('roles.explain')}>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={8} /> : null}
      {data?.map((role) => (
        <RoleSection key={role.role} role={role} labelOf={labelOf} />
      ))}
    </SettingsFrame>
  );
};
