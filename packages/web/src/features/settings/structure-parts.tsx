import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { patch } from '../../api/client.ts';
import { refusal } from '../../kinds/roles.ts';
import { Button } from '../../ui/button.tsx';
import plain from '../../ui/plain.module.css';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { notify } from '../../ui/toast.tsx';
import { organisationQuery } from './organisation-page.tsx';
import { PartDialog } from './part-dialog.tsx';
import css from './settings.module.css';
import {
  countryName,
  type Draft,
  draftOf,
  emptyDraft,
  type PartType,
  type StructureWire,
  withoutPart,
  withPart,
} from './structure-words.ts';
import { t } from './words.ts';

type Opened = { type: PartType; draft: Draft; known: boolean };

/** The structure, the dialog over it, and how a part is opened: by its id, or as a new one of a name. */
export const useStructure = () => {
  const client = useQueryClient();
  const { data } = useQuery(organisationQuery);
  const [opened, setOpened] = useState<Opened | null>(null);
  const save = useMutation({
    mutationFn: (structure: StructureWire) => patch<OrganisationWire>('/api/v1/organisation', { structure }),
    onSuccess: async (now) => {
      client.setQueryData(organisationQuery.queryKey, now);
      setOpened(null);
      notify({ text: t('settings.saved') });
      await client.invalidateQueries({ queryKey: ['organisation', 'units'] });
    },
    onError: () => void client.invalidateQueries({ queryKey: organisationQuery.queryKey }),
  });
  const structure = data?.structure;
  const open = (type: PartType, id: string | null, name = ''): void => {
    save.reset();
    const draft = id === null || structure === undefined ? undefined : draftOf(structure, type, id);
    setOpened({ type, draft: draft ?? emptyDraft(crypto.randomUUID(), name), known: draft !== undefined });
  };
  const dialog =
    opened === null || structure === undefined ? null : (
      <PartDialog
        key={opened.draft.id}
        {...opened}
        structure={structure}
        busy={save.isPending}
        error={save.error}
        onSave={(draft) => save.mutate(withPart(structure, opened.type, draft))}
        onRemove={() => save.mutate(withoutPart(structure, opened.type, opened.draft.id))}
        onClose={() => setOpened(null)}
      />
    );
  return { structure, reason: data === undefined ? undefined : refusal(data.abilities.edit), open, dialog };
};

export type PartsProps = {
  type: 'sites' | 'entities';
  structure: StructureWire;
  reason: string | undefined;
  onOpen: (type: PartType, id: string | null) => void;
};

const nameOf = (parts: readonly { id: string; name: string }[], id: string | null): string =>
  parts.find((one) => one.id === id)?.name ?? '';

/** Sites, or legal entities: where the organisation works, and as whom. */
export const Parts = ({ type, structure, reason, onOpen }: PartsProps) => (
  <section className={css.below} aria-labelledby={type}>
    <h2 id={type} className={css.heading}>
      {t(`units.${type}`)}
    </h2>
    <p className={css.explain}>{t(`units.${type}-text`)}</p>
    {structure[type].length === 0 ? null : (
      <ScrollBox label={t(`units.${type}`)}>
        <table className={plain.table} aria-labelledby={type}>
          <thead>
            <tr>
              <th scope="col">{t('settings.name')}</th>
              <th scope="col">{t('units.country')}</th>
              <th scope="col">{t(type === 'sites' ? 'units.name' : 'units.register-id')}</th>
              {type === 'sites' ? <th scope="col">{t('units.entity')}</th> : null}
              {reason === undefined ? <td /> : null}
            </tr>
          </thead>
          <tbody>
            {structure[type].map((part) => (
              <tr key={part.id}>
                <th scope="row">{part.name}</th>
                <td>{countryName(part.country)}</td>
                <td>{'registerId' in part ? part.registerId : nameOf(structure.units, part.unit)}</td>
                {'entity' in part ? <td>{nameOf(structure.entities, part.entity)}</td> : null}
                {reason === undefined ? (
                  <td className={plain.tight}>
                    <Button
                      aria-label={t('units.change-of', { name: part.name })}
                      onClick={() => onOpen(type, part.id)}
                    >
                      {t('units.change')}
                    </Button>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    )}
    <div className={css.buttons}>
      <Button size="form" reason={reason} reasonShown onClick={() => onOpen(type, null)}>
        {t(`units.add.${type}`)}
      </Button>
    </div>
  </section>
);
