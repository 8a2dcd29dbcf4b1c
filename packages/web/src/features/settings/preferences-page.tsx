import { useState } from 'react';
import { type Theme, useTheme } from '../../app/theme.tsx';
import { t } from '../../text/t.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { keepPreference, readPreference } from '../../ui/store.ts';
import { useSingleKeys } from '../../ui/use-hotkeys.ts';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';

const themes: readonly Theme[] = ['light', 'dark', 'system'];
const densities = ['32', '40'] as const;
type Density = (typeof densities)[number];

/** `/preferences`: theme, density of registers, single-letter keys (WCAG 2.1.4). Kept in this browser, at once. */
export const Page = () => {
  const [theme, setTheme] = useTheme();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const [density, setDensity] = useState<Density>(() =>
    readPreference('density', '32') === '40' ? '40' : '32',
  );
  const changeDensity = (next: Density): void => {
    setDensity(next);
    keepPreference('density', next);
  };
  return (
    <SettingsFrame title={t('settings.preferences')} sentence={t('settings.preferences.sentence')}>
      <div className={css.form}>
        <section>
          <h2 className={css.heading}>{t('app.theme')}</h2>
          <Segmented
            label={t('app.theme')}
            value={theme}
            onChange={setTheme}
            options={themes.map((value) => ({ value, label: t(`app.theme.${value}`) }))}
          />
        </section>
        <section>
          <h2 className={css.heading}>{t('settings.preferences.density')}</h2>
          <Segmented
            label={t('settings.preferences.density')}
            value={density}
            onChange={changeDensity}
            options={densities.map((value) => ({ value, label: t(`settings.preferences.density.${value}`) }))}
          />
        </section>
        <section>
          <h2 className={css.heading}>{t('app.single-keys')}</h2>
          <p className={css.explain}>{t('settings.preferences.keys-text')}</p>
          <Segmented
            label={t('app.single-keys')}
            value={singleKeys ? 'on' : 'off'}
            onChange={(value) => setSingleKeys(value === 'on')}
            options={[
              { value: 'on', label: t('app.single-keys.on') },
              { value: 'off', label: t('app.single-keys.off') },
            ]}
          />
        </section>
      </div>
    </SettingsFrame>
  );
};
