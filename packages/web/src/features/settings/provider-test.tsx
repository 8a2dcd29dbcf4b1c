import { useMutation } from '@tanstack/react-query';
import type { DiscoveredWire } from '@throughline/domain/wire-provider.ts';
import { testProvider } from '../../api/provider.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { t } from './words.ts';

const Said = ({ said }: { said: DiscoveredWire }) => {
  const rows: readonly (readonly [string, string])[] = [
    [t('provider.issuer'), said.issuer],
    [t('provider.tested.authorization'), said.authorization],
    [t('provider.tested.token'), said.token],
    [t('provider.tested.keys'), said.keys],
    [t('provider.tested.itself'), t(said.namesItself ? 'provider.yes' : 'provider.not-said')],
    [t('provider.tested.pkce'), t(said.pkce ? 'provider.yes' : 'provider.not-said')],
    [t('provider.tested.scopes'), said.scopes.join(' ')],
  ];
  return (
    <div role="status">
      <p>{t('provider.tested')}</p>
      <ScrollBox label={t('provider.tested')}>
        <table className={plain.table}>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  );
};

/** Asks the provider that is entered what it says of itself; nothing is kept by it. */
export const ProviderTest = ({ issuer }: { issuer: string }) => {
  const ask = useMutation({ mutationFn: testProvider });
  const problem = troubleOf(ask.error);
  return (
    <>
      <div>
        <Button size="form" busy={ask.isPending} onClick={() => ask.mutate(issuer.trim())}>
          {t('provider.test')}
        </Button>
      </div>
      {problem === null ? null : <ErrorLine problem={problem} />}
      {ask.data === undefined || problem !== null ? null : <Said said={ask.data} />}
    </>
  );
};
