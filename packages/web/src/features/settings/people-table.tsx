import type { MemberWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { useSearchState } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { peopleFound } from './people-found.ts';
import { PeopleRow } from './people-row.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

/** Rows drawn at once: more are asked for, or found. */
const shownAtOnce = 100;
/** Fewer than these are in sight without looking for them. */
const toLookFor = 12;

type PeopleTableProps = {
  members: readonly MemberWire[];
  administers: boolean;
  onEdit: (member: MemberWire) => void;
  onAgain: (member: MemberWire, byHand: boolean) => void;
  onAccess: (member: MemberWire) => void;
};

/** Everybody by name, found by words of their name, address or roles. */
export const PeopleTable = ({ members, administers, onEdit, onAgain, onAccess }: PeopleTableProps) => {
  const kinds = useKinds();
  const labelOf = (kind: string): string => kinds.byName(kind)?.plural ?? kind;
  const [search, setSearch] = useSearchState();
  const [shown, setShown] = useState(shownAtOnce);
  const words = search.q ?? '';
  const found = peopleFound(members, words);
  const more = found.length - shown;
  return (
    <>
      {members.length < toLookFor && words === '' ? null : (
        <div className={css.find}>
          <TextField
            type="search"
            label={t('settings.people.find')}
            value={words}
            maxLength={200}
            onChange={(typed) => {
              setSearch({ q: typed === '' ? undefined : typed });
              setShown(shownAtOnce);
            }}
          />
          <span className={css.quiet} aria-live="polite">
            {words === '' ? '' : t('settings.people.found', { n: found.length })}
          </span>
        </div>
      )}
      {found.length === 0 ? (
        <p>{t('settings.people.found-none')}</p>
      ) : (
        <ScrollBox label={t('settings.people')}>
          <table className={plain.table} aria-label={t('settings.people')}>
            <thead>
              <tr>
                <th scope="col">{t('settings.people.name')}</th>
                <th scope="col">{t('settings.people.roles')}</th>
                <th scope="col">{t('settings.people.access')}</th>
                {administers ? (
                  <>
                    <th scope="col">{t('settings.people.email')}</th>
                    <td />
                  </>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {found.slice(0, shown).map((member) => (
                <PeopleRow
                  key={member.id}
                  member={member}
                  administers={administers}
                  labelOf={labelOf}
                  onEdit={() => onEdit(member)}
                  onAccess={() => onAccess(member)}
                  onAgain={(byHand) => onAgain(member, byHand)}
                />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {more > 0 ? (
        <Button onClick={() => setShown(shown + shownAtOnce)}>
          {t('settings.people.more', { n: Math.min(more, shownAtOnce) })}
        </Button>
      ) : null}
    </>
  );
};
