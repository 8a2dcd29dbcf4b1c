import type { RecordWire } from '@throughline/domain/wire.ts';
import { lazy, Suspense } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { CommentsTab } from '../../features/comments/comments-tab.tsx';
import { HistoryTab } from '../../features/history/history-tab.tsx';
import { RecordPage, type RecordTabs } from '../../features/records/record-page.tsx';
import { ratingFields } from '../../features/risk/rating-fields.ts';
import { EnteredAfterwards } from '../../kinds/entered-afterwards.tsx';
import { type PlainTextKey, t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { StopwatchIcon } from '../../ui/icons.ts';
import { useNavigate, useRouteParam } from '../../ui/navigate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AbsentPage } from '../absent-page.tsx';
import { SystemLine } from '../system-line.ts';
import { recordCrumbs } from './record-crumbs.ts';

const WalkButton = ({ system: ref }: { system: string }) => {
  const navigate = useNavigate();
  return (
    <Button icon={<StopwatchIcon />} onClick={() => navigate(`/systems/${ref}/walk`)}>
      {t('record.walk')}
    </Button>
  );
};

const InterviewButton = ({ of: ref }: { of: string }) => {
  const navigate = useNavigate();
  return (
    <Button onClick={() => navigate(`/classifications/${ref}/interview`)}>
      {t('classification.interview')}
    </Button>
  );
};

const FillInButton = ({ of: ref }: { of: string }) => {
  const navigate = useNavigate();
  return <Button onClick={() => navigate(`/impact-assessments/${ref}/sheet`)}>{t('record.fill-in')}</Button>;
};

const FindingsButton = ({ of: ref }: { of: string }) => {
  const navigate = useNavigate();
  return (
    <Button onClick={() => navigate(`/risk-assessments/${ref}/findings`)}>{t('record.findings')}</Button>
  );
};

const CompareButton = ({ of: ref }: { of: string }) => {
  const navigate = useNavigate();
  return <Button onClick={() => navigate(`/treatments/${ref}/comparison`)}>{t('record.compare')}</Button>;
};

const RateButton = ({ of: ref }: { of: string }) => {
  const navigate = useNavigate();
  return <Button onClick={() => navigate(`/risks/${ref}/rating`)}>{t('record.rate')}</Button>;
};

/** Says of a signed-off class that nothing changed; its form and words load where somebody asks for it. */
const Validate = lazy(async () => {
  const { ValidateButton: component } = await import('../../features/classification/validate-button.tsx');
  return { default: component };
});

/** What other classes of the same use say otherwise loads with its words, on classes under the law alone. */
const Contradicting = lazy(async () => {
  const { Contradicting: component } = await import('../../features/classification/contradicting.tsx');
  return { default: component };
});

const OpenButton = ({ href, label }: { href: string; label: PlainTextKey }) => {
  const navigate = useNavigate();
  return <Button onClick={() => navigate(href)}>{t(label)}</Button>;
};

/** Asked for where a record is not there, which is seldom: its code and its words load then. */
const MissingRecord = lazy(async () => {
  const { MissingRecord: component } = await import('../../features/log/missing-record.tsx');
  return { default: component };
});

const common: RecordTabs = {
  history: (given) => <HistoryTab {...given} />,
  comments: (given) => <CommentsTab {...given} />,
};

/** Loads with its words: no other record has stages. */
const StageStrip = lazy(async () => {
  const { StageStrip: component } = await import('../../features/gates/stage-strip.tsx');
  return { default: component };
});

const system: RecordTabs = {
  ...common,
  under: ({ state }, { states }) => (
    <Suspense fallback={<Skeleton height={28} lines={1} />}>
      <StageStrip stage={state} stages={Object.entries(states).map(([id, { label }]) => ({ id, label }))} />
    </Suspense>
  ),
  line: (record) => (
    <Suspense fallback={<Skeleton height={32} lines={16} />}>
      <SystemLine system={record} />
    </Suspense>
  ),
  actions: (record) => (
    <>
      <OpenButton href={`/systems/${record.ref}/gates`} label="record.gates" />
      <WalkButton system={record.ref} />
    </>
  ),
};

/** The interview asks what the EU AI Act asks; other schemes have their own measure. */
const classification: RecordTabs = {
  ...common,
  under: ({ id, fields, links, asOf }) => {
    const use = links.useCase?.[0]?.ref;
    return asOf === undefined && fields.scheme === 'eu-ai-act' && use !== undefined ? (
      <Suspense fallback={null}>
        <Contradicting of={id} use={use} />
      </Suspense>
    ) : null;
  },
  actions: (record) => (
    <>
      {record.fields.scheme === 'eu-ai-act' ? <InterviewButton of={record.ref} /> : null}
      <Suspense fallback={null}>
        <Validate of={record.ref} />
      </Suspense>
    </>
  ),
};

const useCase: RecordTabs = {
  ...common,
  actions: (record) => <OpenButton href={`/use-cases/${record.ref}/classes`} label="record.classes" />,
};

const scheme: RecordTabs = {
  ...common,
  actions: (record) =>
    record.fields.method === 'table' ? (
      <OpenButton href={`/classification-schemes/${record.ref}/table`} label="record.table" />
    ) : (
      <OpenButton href={`/classification-schemes/${record.ref}/changes`} label="record.scheme-changes" />
    ),
};

const gapAnalysis: RecordTabs = {
  ...common,
  actions: (record) => <OpenButton href={`/gap-analyses/${record.ref}/progress`} label="record.progress" />,
};

/** What a reader notices about an assessment loads with its words, where one is approved. */
const Noticed = lazy(async () => {
  const { NoticedBeside: component } = await import('../../features/impact/closing.tsx');
  return { default: component };
});

const impactAssessment: RecordTabs = {
  ...common,
  approving: ({ ref, version }) => (
    <Suspense fallback={null}>
      <Noticed of={ref} version={version} />
    </Suspense>
  ),
  actions: (record) => <FillInButton of={record.ref} />,
};

/** What a risk rests on loads with its words, on risks alone. */
const MovedOn = lazy(async () => {
  const { MovedOn: component } = await import('../../features/risk/carried.tsx');
  return { default: component };
});
const CarriedFindings = lazy(async () => {
  const { CarriedFindings: component } = await import('../../features/risk/carried.tsx');
  return { default: component };
});
const RatingsTable = lazy(async () => {
  const { RatingsTable: component } = await import('../../features/risk/ratings-table.tsx');
  return { default: component };
});

const risk: RecordTabs = {
  ...common,
  under: ({ ref, version }) => (
    <Suspense fallback={null}>
      <MovedOn of={ref} version={version} />
    </Suspense>
  ),
  together: {
    title: t('record.ratings'),
    fields: ratingFields,
    show: (record, property) => (
      <Suspense fallback={<Skeleton height={32} lines={5} />}>
        <RatingsTable record={record} property={property} />
      </Suspense>
    ),
  },
  // Numbers alone say nothing: the effects behind them are of today, so an earlier moment keeps to the numbers.
  drawn: ({ ref, version, asOf, fields }) =>
    asOf === undefined
      ? {
          carriedEffects: (
            <Suspense fallback={String(fields.carriedEffects)}>
              <CarriedFindings of={ref} version={version} numbers={String(fields.carriedEffects)} />
            </Suspense>
          ),
        }
      : {},
  actions: (record) => <RateButton of={record.ref} />,
};

const riskAssessment: RecordTabs = {
  ...common,
  actions: (record) => <FindingsButton of={record.ref} />,
};

const treatment: RecordTabs = { ...common, actions: (record) => <CompareButton of={record.ref} /> };

/** What the crosswalk suggests loads with its words, on evidence alone. */
const Reuse = lazy(async () => {
  const { Reuse: component } = await import('../../features/crosswalk/reuse.tsx');
  return { default: component };
});

const evidence: RecordTabs = {
  ...common,
  more: ({ ref }) => (
    <Suspense fallback={<Skeleton height={28} lines={3} />}>
      <Reuse of={ref} />
    </Suspense>
  ),
};

/** The day on which something was tested is typed; the day on which it was put on record is not. */
const tested = (record: RecordWire) => <EnteredAfterwards record={record} done="testedOn" />;

const verification: RecordTabs = { ...common, under: tested };

const controlTest: RecordTabs = {
  ...common,
  under: tested,
  actions: (record) => <OpenButton href={`/control-tests/${record.ref}/sample`} label="record.sample" />,
};

/** The criteria of a gate load with its words, on gates alone. */
const DecidedCriteria = lazy(async () => {
  const { DecidedCriteria: component } = await import('../../features/gates/decided-criteria.tsx');
  return { default: component };
});

const gate: RecordTabs = {
  ...common,
  drawn: ({ fields }) => ({
    criteria: (
      <Suspense fallback={<Skeleton height={32} lines={6} />}>
        <DecidedCriteria fields={fields} />
      </Suspense>
    ),
  }),
  actions: (record) => <OpenButton href={`/gates/${record.ref}/criteria`} label="record.criteria" />,
};

const tabsOf: Readonly<Record<string, RecordTabs>> = {
  system,
  classification,
  'use-case': useCase,
  'classification-scheme': scheme,
  'gap-analysis': gapAnalysis,
  'impact-assessment': impactAssessment,
  risk,
  'risk-assessment': riskAssessment,
  treatment,
  evidence,
  'control-test': controlTest,
  verification,
  gate,
};

/** `/:collection/:ref`: a record with its history and its comments. */
export const Page = () => {
  const collection = useRouteParam('collection');
  const ref = useRouteParam('ref');
  const kinds = useKinds();
  const kind = kinds.byCollection(collection);
  if (kinds.all.length === 0) return <Skeleton height={28} lines={8} />;
  if (kind === undefined) return <AbsentPage />;
  return (
    <RecordPage
      key={`${collection}/${ref}`}
      kind={kind}
      recordRef={ref}
      crumbs={recordCrumbs(kind, ref)}
      tabs={tabsOf[kind.name] ?? common}
      absent={
        <Suspense fallback={<Skeleton height={28} lines={4} />}>
          <MissingRecord kind={kind} recordRef={ref} otherwise={<AbsentPage />} />
        </Suspense>
      }
    />
  );
};
