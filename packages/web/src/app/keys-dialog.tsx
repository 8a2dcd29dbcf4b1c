import { useState } from 'react';
import { t } from '../text/t.ts';
import { Dialog } from '../ui/dialog.tsx';
import type { HotkeyGroup } from '../ui/hotkey-registry.ts';
import { Kbd } from '../ui/kbd.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { useHotkeyList, useSingleKeys } from '../ui/use-hotkeys.ts';
import css from './keys-dialog.module.css';

const groups: readonly HotkeyGroup[] = ['everywhere', 'go', 'page', 'list', 'line'];

/** All keys of the page in front, searchable, with the switch for single letters (UX d). */
export const KeysDialog = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const [find, setFind] = useState('');
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const wanted = find.trim().toLowerCase();
  const all = useHotkeyList();
  // The same key may be offered twice, by two lists on one page: it is told once.
  const once = all.filter(
    (key, index) => all.findIndex((other) => other.keys === key.keys && other.label === key.label) === index,
  );
  const hotkeys = once.filter((key) => `${key.label} ${key.keys}`.toLowerCase().includes(wanted));
  return (
    <Dialog opened={opened} onClose={onClose} title={t('keys.title')} size="medium">
      <div className={css.bar}>
        <input
          className={css.find}
          type="search"
          aria-label={t('keys.find')}
          placeholder={t('keys.find')}
          value={find}
          onChange={(event) => setFind(event.target.value)}
          data-autofocus
        />
        <Segmented
          label={t('app.single-keys')}
          value={singleKeys ? 'on' : 'off'}
          onChange={(value) => setSingleKeys(value === 'on')}
          options={[
            { value: 'on', label: t('app.single-keys.on') },
            { value: 'off', label: t('app.single-keys.off') },
          ]}
        />
      </div>
      {singleKeys ? null : <p className={css.note}>{t('keys.off')}</p>}
      {hotkeys.length === 0 ? <p className={css.note}>{t('keys.none', { text: find })}</p> : null}
      <div className={css.groups}>
        {groups.map((group) => {
          const inGroup = hotkeys.filter((key) => key.group === group);
          if (inGroup.length === 0) return null;
          return (
            <section key={group}>
              <h3 className={css.heading}>{t(`keys.group.${group}`)}</h3>
              <dl className={css.list}>
                {inGroup.map((key) => (
                  <div key={`${key.keys} ${key.label}`} className={css.row}>
                    <dt>{key.label}</dt>
                    <dd>
                      <Kbd keys={key.keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
};
