import { useLocation } from '@tanstack/react-router';
import { inSentence } from '@throughline/domain/kind-words.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import { useKinds } from '../../api/kinds.ts';
import { CreatePage } from '../../features/records/create-page.tsx';
import { readPrefill, statePrefill } from '../../kinds/prefill.ts';
import { t } from '../../text/t.ts';
import { useRouteParam, useSearchState } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { recordCrumbs } from './record-crumbs.ts';

/** A form says what is looked at; the work on these is done on pages of their own, and begins there. */
const workOf: Readonly<Record<string, (made: RecordWire) => string | undefined>> = {
  classification: ({ ref, fields }) =>
    fields.scheme === 'eu-ai-act' ? `/classifications/${ref}/interview` : undefined,
  'impact-assessment': ({ ref }) => `/impact-assessments/${ref}/sheet`,
};

/** `/:collection/new`: a form for a new record, filled with what the address or the page before it brought. */
export const Page = () => {
  const collection = useRouteParam('collection');
  const kinds = useKinds();
  const [search] = useSearchState();
  const state = useLocation({ select: (location) => location.state });
  const kind = kinds.byCollection(collection);
  if (kinds.all.length === 0) return <Skeleton height={32} lines={8} />;
  if (kind === undefined) return <AbsentPage />;
  return (
    <CreatePage
      key={collection}
      kind={kind}
      crumbs={recordCrumbs(kind, t('form.new', { what: inSentence(kind.label) }))}
      prefill={statePrefill(state) ?? readPrefill(search)}
      {...(workOf[kind.name] === undefined ? {} : { work: workOf[kind.name] })}
      {...(search.from === undefined ? {} : { from: search.from })}
    />
  );
};
