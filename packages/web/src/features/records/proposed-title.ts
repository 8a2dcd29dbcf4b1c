import type { KindWire } from '@throughline/domain/wire.ts';
import { t } from '../../text/t.ts';
import type { Draft } from './draft.ts';

/** What a record about uses is called until somebody says otherwise; undefined where nothing says what it is about. */
export const proposedTitle = (
  kind: Pick<KindWire, 'name' | 'fields'>,
  { fields, links }: Draft,
): string | undefined => {
  const subject = { classification: 'useCase', 'impact-assessment': 'covers' }[kind.name] ?? '';
  const [first, ...rest] = links[subject] ?? [];
  if (first === undefined) return undefined;
  const { title } = first;
  if (kind.name === 'impact-assessment')
    return rest.length === 0
      ? t('form.title.impact', { title })
      : t('form.title.impact-more', { title, n: rest.length });
  const { scheme } = kind.fields;
  const option =
    scheme?.type === 'choice' ? scheme.options.find(({ id }) => id === fields.scheme) : undefined;
  const named = typeof fields.schemeName === 'string' ? fields.schemeName : option?.label;
  return named === undefined ? undefined : t('form.title.class', { title, scheme: named });
};
