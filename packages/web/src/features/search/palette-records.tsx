import { inSentence } from '@throughline/domain/kind-words.ts';
import { useCallback } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { searchRecords } from '../../api/records.ts';
import { newRecordHref } from '../../kinds/prefill.ts';
import { t } from '../../text/t.ts';
import { type PaletteResult, type PaletteSource, usePaletteSource } from '../../ui/palette-sources.ts';
import { exactFirst } from './order.ts';

/** Records shown in the palette; the search page has the rest. */
const shown = 8;

/** Records first, the one whose ref was typed on top; then "all results", then a new record of each kind that fits. */
const usePaletteRecords = (): void => {
  const kinds = useKinds();
  const source = useCallback<PaletteSource>(
    async (typed, signal) => {
      const query = typed.replace(/^[>@?]/, '').trim();
      const actions: PaletteResult[] = kinds.all
        .filter(
          (kind) =>
            query !== '' &&
            t('search.new', { what: inSentence(kind.label) })
              .toLowerCase()
              .includes(query.toLowerCase()),
        )
        .slice(0, 6)
        .map((kind) => {
          const may = kind.abilities.create;
          return {
            id: `new ${kind.name}`,
            group: t('palette.actions'),
            label: t('search.new', { what: inSentence(kind.label) }),
            hint: kind.plural,
            href: newRecordHref(kind.collection),
            ...(may === undefined || may.allowed ? {} : { reason: may.reason }),
          };
        });
      if (query === '' || /^[>@?]/.test(typed)) return typed.startsWith('>') ? actions : [];
      const found = await searchRecords({ q: query, limit: shown }, signal);
      const groups = exactFirst(found.groups, query);
      const records = groups
        .flatMap((group) => group.items)
        .slice(0, shown)
        .map(
          (record): PaletteResult => ({
            id: record.id,
            group: t('palette.records'),
            label: `${record.ref} ${record.title}`,
            hint: kinds.byName(record.kind)?.label ?? record.kind,
            href: kinds.href(record),
          }),
        );
      const all: PaletteResult = {
        id: 'all results',
        group: t('palette.records'),
        label: t('search.all', { text: query }),
        href: `/search?q=${encodeURIComponent(query)}`,
      };
      return [...records, all, ...actions];
    },
    [kinds],
  );
  usePaletteSource(source);
};

/** Mounted once by the frame; draws nothing. */
export const PaletteRecords = () => {
  usePaletteRecords();
  return null;
};
