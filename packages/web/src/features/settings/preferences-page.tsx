import { type Theme, useTheme } from '../../app/theme.tsx';
import { usePreference } from '../../ui/preferences.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useSingleKeys } from '../../ui/use-hotkeys.ts';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { t } from './words.ts';

const themes: readonly Theme[] = ['light', 'dark', 'system'];
const densities = ['32', '40'] as const;
type Density = (typeof densities)[number];

/** `/preferences`: theme, density of registers, single-letter keys (WCAG 2.1.4). Kept with the person, at once. */
export const Page = () => {
  const [theme, setTheme] = useTheme();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const [kept, keepDensity] = usePreference('density', '32');
  const density: Density = kept === '40' ? '40' : '32';
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
            onChange={keepDensity}
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
