import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ListWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { del, get, patch, post } from '../../api/client.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { t } from '../../text/t.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { MoreIcon } from '../../ui/icons.ts';
import { Menu } from '../../ui/menu.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { LinkTabs } from '../../ui/tabs.tsx';
import { notify } from '../../ui/toast.tsx';
import { useHotkeys } from '../../ui/use-hotkeys.ts';
import { currentView, type SavedView, viewHref } from './view-state.ts';
import css from './views.module.css';

const path = '/api/v1/views';

const useViews = (collection: string) =>
  useQuery({
    queryKey: ['views', collection],
    queryFn: async ({ signal }) =>
      (await get<ListWire<SavedView>>(path, { query: { collection }, signal })).items,
  });

type Draft = { name: string; shared: boolean };

const SaveDialog = ({
  title,
  first,
  onSave,
  onClose,
}: {
  title: string;
  first: Draft;
  onSave: (draft: Draft) => Promise<unknown>;
  onClose: () => void;
}) => {
  const [draft, setDraft] = useState(first);
  const save = useMutation({ mutationFn: onSave, onSuccess: onClose });
  const missing = save.isError ? undefined : draft.name.trim() === '' && save.submittedAt > 0;
  const submit = (): void => {
    if (draft.name.trim() !== '') save.mutate(draft);
    else document.getElementById('view-name')?.focus();
  };
  return (
    <FormDialog
      onClose={onClose}
      title={title}
      submit={t('views.save')}
      cancel={t('views.cancel')}
      busy={save.isPending}
      onSubmit={submit}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          id="view-name"
          label={t('views.name')}
          autoFocus
          maxLength={80}
          value={draft.name}
          error={missing === true ? t('views.name-needed') : undefined}
          onChange={(name) => setDraft({ ...draft, name })}
        />
        <Checkbox
          label={t('views.shared')}
          checked={draft.shared}
          onChange={(shared) => setDraft({ ...draft, shared })}
        />
        {save.error === null ? null : <ErrorLine problem={problemOf(save.error)} />}
      </form>
    </FormDialog>
  );
};

export type ViewsRowProps = {
  collection: string;
  /** The address as a view keeps it: filters, sort, columns, groups. */
  query: string;
  view: string | undefined;
  all: string | undefined;
};

/** Saved views of one register: all, then one's own and the shared ones; a changed one offers to be saved (UX d). */
export const ViewsRow = ({ collection, query, view, all }: ViewsRowProps) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const saved = useViews(collection).data ?? [];
  const [naming, setNaming] = useState<'new' | 'name' | null>(null);
  const current = currentView(saved, view);
  const changed = current !== undefined && current.query !== query;
  const refresh = () => client.invalidateQueries({ queryKey: ['views', collection] });

  const create = async ({ name, shared }: Draft): Promise<void> => {
    const made = await post<SavedView>(path, { collection, name: name.trim(), query, shared });
    await refresh();
    navigate(viewHref(collection, made));
  };
  const change = async (what: Partial<Pick<SavedView, 'name' | 'query' | 'shared'>>): Promise<void> => {
    if (current === undefined) return;
    await patch<SavedView>(`${path}/${current.id}`, what);
    await refresh();
  };
  const attempt = (work: Promise<void>): void => {
    work.catch((error: unknown) => notify({ text: problemOf(error).message }));
  };
  const remove = async (): Promise<void> => {
    if (current === undefined) return;
    await del(`${path}/${current.id}`);
    await refresh();
    navigate(`/${collection}`);
  };
  const places = [`/${collection}`, ...saved.map((entry) => viewHref(collection, entry))];
  useHotkeys(
    places.slice(0, 9).map((href, index) => ({
      keys: `v ${index + 1}`,
      label: t('register.view-key', { n: index + 1 }),
      group: 'list' as const,
      run: () => navigate(href),
    })),
  );
  const tabs = [
    {
      href: `/${collection}`,
      label: t('views.all'),
      current: current === undefined && query === '',
      ...(all === undefined ? {} : { count: all }),
    },
    ...saved.map((entry) => ({
      href: viewHref(collection, entry),
      label: entry.name,
      current: entry.id === current?.id,
    })),
  ];
  const mine = current?.yours !== false;
  return (
    <div className={css.row}>
      <LinkTabs label={t('views.label')} tabs={tabs}>
        {changed && mine ? (
          <Button look="ghost" onClick={() => attempt(change({ query }))}>
            {t('views.save-changed')}
          </Button>
        ) : null}
        {changed ? (
          <Button look="ghost" onClick={() => navigate(viewHref(collection, current))}>
            {t('views.reset')}
          </Button>
        ) : null}
        {query !== '' && (current === undefined || changed) ? (
          <Button look="ghost" onClick={() => setNaming('new')}>
            {current === undefined ? t('views.save-as') : t('views.save-new')}
          </Button>
        ) : null}
        {current === undefined ? null : (
          <Menu
            trigger={<IconButton small label={t('views.more')} icon={<MoreIcon />} />}
            groups={[
              {
                items: [
                  {
                    label: t('views.rename'),
                    onSelect: () => setNaming('name'),
                    reason: mine ? undefined : t('views.not-yours'),
                  },
                  {
                    label: t('views.remove'),
                    danger: true,
                    onSelect: () => attempt(remove()),
                    reason: mine ? undefined : t('views.not-yours'),
                  },
                ],
              },
            ]}
          />
        )}
      </LinkTabs>
      {naming === null ? null : (
        <SaveDialog
          title={naming === 'new' ? t('views.save-as-title') : t('views.rename')}
          first={
            naming === 'new' || current === undefined
              ? { name: '', shared: false }
              : { name: current.name, shared: current.shared }
          }
          onSave={naming === 'new' ? create : ({ name, shared }) => change({ name: name.trim(), shared })}
          onClose={() => setNaming(null)}
        />
      )}
    </div>
  );
};
