import { useQuery } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import type { Option } from '@throughline/domain/kinds/fields.ts';
import type { KindWire } from '@throughline/domain/wire.ts';
import type { ImpactSheetWire } from '@throughline/domain/wire-impact.ts';
import { type ReactNode, useRef } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { Problem } from '../../api/problem.ts';
import { recordQuery } from '../../api/records.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { usePageTitle, useSearchState } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useHotkeys } from '../../ui/use-hotkeys.ts';
import { ClashList, type ClashProps, clashPart, useSaid, useWriters } from './clashes.tsx';
import { Noticed, Rights, StillBlank } from './closing.tsx';
import { Dimension } from './dimension.tsx';
import css from './impact.module.css';
import { added, blanksIn, fillableOf, removed, wrote, wroteCell } from './impact-state.ts';
import { PartFields } from './part-fields.tsx';
import { Refs } from './refs.tsx';
import { SidePanel } from './side.tsx';
import { useImpactSheet, useSheet } from './use-sheet.ts';
import { w } from './words.ts';

type Written = ReturnType<typeof useSheet>;

/** Words of the parts that are no dimension. */
const partWords = (id: string): string => {
  switch (id) {
    case 'about':
      return w('impact.part.about');
    case 'groups':
      return w('impact.part.groups');
    case 'annexes':
      return w('impact.part.annexes');
    case 'rights':
      return w('impact.part.rights');
    case 'consultation':
      return w('impact.part.consultation');
    default:
      return w('impact.part.conclusion');
  }
};

const dimensionsOf = (kind: KindWire): readonly Option[] => {
  const effects = kind.fields.effects;
  const column = effects?.type === 'rows' ? effects.columns.dimension : undefined;
  return column?.type === 'choice' ? column.options : [];
};

type Place = { id: string; label: string; fields: readonly string[]; dimension: Option | undefined };
const societalFrom = 8;

const placesOf = (kind: KindWire, sheet: ImpactSheetWire): readonly Place[] => {
  const dimensions = dimensionsOf(kind);
  return sheet.parts.map(({ id, fields }) => {
    const dimension = dimensions.find((option) => option.id === id);
    return { id, fields, dimension, label: dimension?.label ?? partWords(id) };
  });
};

const PartList = ({
  places,
  now,
  blanks,
  open,
  onPart,
}: {
  places: readonly Place[];
  now: string;
  blanks: ReadonlyMap<string, number>;
  /** Parts in which one of two texts has to be chosen. */
  open: ReadonlySet<string | undefined>;
  onPart: (id: string) => void;
}) => (
  <nav className={css.parts} aria-label={w('impact.parts')}>
    <ol>
      {places.map(({ id, label, dimension }, n) => {
        const left = blanks.get(id) ?? 0;
        const first = dimension !== undefined && places[n - 1]?.dimension === undefined;
        const society =
          dimension !== undefined && places.filter((one) => one.dimension)[societalFrom]?.id === id;
        return (
          <li key={id}>
            {first ? <span className={css.group}>{w('impact.of-people')}</span> : null}
            {society ? <span className={css.group}>{w('impact.of-society')}</span> : null}
            <button
              type="button"
              className={css.part}
              aria-current={id === now ? 'step' : undefined}
              data-whole={left === 0 || undefined}
              onClick={() => onPart(id)}
            >
              <span className={css.mark} aria-hidden="true">
                {left === 0 ? '✓' : ''}
              </span>
              <span>{label}</span>
              <span className={css.left}>
                {open.has(id) ? w('impact.part-choice') : left === 0 ? '' : w('impact.left', { n: left })}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  </nav>
);

type HeadProps = { kind: KindWire; written: Written; reason: string | undefined };

const Head = ({ kind, written, reason }: HeadProps) => {
  const kinds = useKinds();
  const { base, fill } = written;
  const { assessment, useCases, blanks, known, fields } = base;
  const fillable = fillableOf(known, fields);
  const named = {
    n: fillable.length,
    fields: fillable.map(({ field }) => kind.fields[field]?.label ?? field).join(', '),
  };
  const problem = troubleOf(fill.error ?? written.takeMethod.error);
  return (
    <header className={css.head}>
      <h1>{assessment.title}</h1>
      <p className={css.sentence}>
        {blanks.length > 0
          ? w('impact.blank', { n: blanks.length })
          : w(assessment.state === 'completed' ? 'impact.blank-none-completed' : 'impact.blank-none')}
      </p>
      <p className={css.quiet}>
        {useCases.length === 0 ? w('impact.covers-none') : w('impact.covers')} <Refs of={useCases} />
        {'. '}
        <Link href={kinds.href(assessment)}>{w('impact.to-record')}</Link>
      </p>
      {fillable.length === 0 ? null : (
        <>
          <p className={css.quiet}>
            {w(blanks.length > 0 ? 'impact.known-elsewhere' : 'impact.could-fill', named)}
          </p>
          <Button size="form" reason={reason} busy={fill.isPending} onClick={() => fill.mutate()}>
            {w('impact.fill', named)}
          </Button>
        </>
      )}
      {problem === null ? null : <ErrorLine problem={problem} />}
    </header>
  );
};

/** Where what is written stands: saved, on its way, or kept here and why. */
const Saving = ({ written }: { written: Written }) => {
  const { open, waiting, saving, clashes } = written;
  const words = saving
    ? w('impact.saving')
    : open === 0 && clashes.length === 0
      ? w('impact.saved')
      : waiting === 0
        ? clashes.length > 0
          ? w('impact.waits-choice', { n: clashes.length })
          : w('impact.refused', { n: open })
        : w('impact.unsaved', { n: open });
  return (
    <span role="status" className={css.saving}>
      {words}
    </span>
  );
};

/** What came between: another person's words, a closed tab, a server that did not answer. */
const Notices = ({ written, reason }: { written: Written; reason: string | undefined }) => {
  const { trouble, again, holds, met, back } = written;
  const problem = troubleOf(trouble);
  const lines = [
    reason,
    met ? w('impact.met') : undefined,
    back === 0 ? undefined : w('impact.back', { n: back }),
    holds ? undefined : w('impact.not-held'),
  ].filter((line) => line !== undefined);
  return (
    <>
      {lines.map((line) => (
        <p key={line} className={css.notice}>
          {line}
        </p>
      ))}
      {problem === null ? null : <ErrorLine problem={problem} onRetry={again} />}
    </>
  );
};

const PartBody = ({
  place,
  kind,
  written,
  reason,
  clash,
  onPart,
}: {
  place: Place;
  kind: KindWire;
  written: Written;
  clash: ClashProps;
  reason: string | undefined;
  onPart: (id: string) => void;
}) => {
  const { base, work, refused, change } = written;
  const { dimension } = place;
  const effects = kind.fields.effects;
  if (dimension !== undefined && effects?.type === 'rows') {
    const options = dimensionsOf(kind);
    return (
      <Dimension
        dimension={dimension}
        societal={options.indexOf(dimension) >= societalFrom}
        rows={work.rows.filter((row) => row.dimension === dimension.id)}
        columns={effects.columns}
        scales={base.scales}
        error={refused.find(({ at }) => at.startsWith('fields.effects'))?.message}
        editable={reason === undefined}
        clash={clash}
        onAdd={(row) => change((now) => added(now, row))}
        onRemove={(number) => change((now) => removed(now, number))}
        onCell={(number, cell, value) => change((now) => wroteCell(now, number, cell, value))}
      />
    );
  }
  const props = {
    kind,
    sheet: base,
    work,
    refused,
    reason,
    clash,
    onField: (field: string, value: Json) => change((now) => wrote(now, field, value)),
    onConfirm: (field: string) => change((now) => ({ ...now, confirm: [...now.confirm, field] })),
  };
  return (
    <>
      {place.id === 'rights' ? <Rights sheet={base} /> : null}
      <PartFields fields={place.fields} props={props} />
      {place.id === 'conclusion' ? (
        <>
          <StillBlank sheet={base} onPart={onPart} />
          <Noticed sheet={base} />
        </>
      ) : null}
    </>
  );
};

const Editor = ({
  kind,
  sheet,
  member,
  reason,
}: {
  kind: KindWire;
  sheet: ImpactSheetWire;
  member: string;
  reason: string | undefined;
}) => {
  const written = useSheet(sheet, member, reason === undefined);
  const [search, setSearch] = useSearchState();
  const heading = useRef<HTMLHeadingElement>(null);
  const { base, clashes, choose, change, takeMethod, work, since } = written;
  const places = placesOf(kind, base);
  const said = useSaid(kind);
  const writer = useWriters(kind, {
    ref: base.assessment.ref,
    since,
    now: base.version,
    any: clashes.length > 0,
  });
  const clash: ClashProps = { clashes, writer, said, onChoose: choose };
  const partWith = (one: ClashProps['clashes'][number]) => clashPart(one, work.rows, base.parts);
  const at = Math.max(
    0,
    places.findIndex(({ id }) => id === search.part),
  );
  const place = places[at];
  const go = (id: string | undefined): void => {
    if (id === undefined) return;
    setSearch({ part: id }, { push: true });
    heading.current?.focus();
  };
  const step = (by: number) => () => go(places[at + by]?.id);
  useHotkeys([
    { keys: 'mod+enter', label: w('impact.next'), group: 'page', run: step(1) },
    { keys: 'n', label: w('impact.next'), group: 'page', run: step(1) },
    { keys: 'p', label: w('impact.previous'), group: 'page', run: step(-1) },
  ]);
  if (place === undefined) return null;
  return (
    <div className={css.page}>
      <Head kind={kind} written={written} reason={reason} />
      <Notices written={written} reason={reason} />
      <ClashList kind={kind} clashes={clashes} onGo={(one) => go(partWith(one))} />
      <div className={css.columns}>
        <PartList
          places={places}
          now={place.id}
          blanks={blanksIn(base.blanks)}
          open={new Set(clashes.map(partWith))}
          onPart={go}
        />
        <div className={css.body}>
          <p className={css.quiet}>{w('impact.part-of', { n: at + 1, all: places.length })}</p>
          <h2 ref={heading} tabIndex={-1}>
            {place.label}
          </h2>
          <PartBody key={place.id} {...{ place, kind, written, reason, clash }} onPart={go} />
          <div className={css.foot}>
            {at === places.length - 1 ? null : (
              <Button size="form" look="primary" keys="mod+enter" onClick={step(1)}>
                {w('impact.next')}
              </Button>
            )}
            {at === 0 ? null : (
              <Button size="form" onClick={step(-1)}>
                {w('impact.previous')}
              </Button>
            )}
            <Saving written={written} />
          </div>
        </div>
        <SidePanel
          kind={kind}
          sheet={base}
          fields={place.fields}
          dimension={place.dimension?.id}
          reason={reason}
          onUse={({ field, value }) => change((now) => wrote(now, field, value))}
          onTake={() => takeMethod.mutate()}
        />
      </div>
    </div>
  );
};

export type EditorPageProps = {
  kind: KindWire;
  recordRef: string;
  crumbs: readonly Crumb[];
  absent: ReactNode;
};

/** The editor of an impact assessment: parts on the left, one part in the middle, what is known on the right (UX d). */
export const EditorPage = ({ kind, recordRef, crumbs, absent }: EditorPageProps) => {
  usePageTitle(w('impact.title', { ref: recordRef }));
  const { data, error, refetch } = useImpactSheet(recordRef);
  const me = useSession();
  const record = useQuery(recordQuery(kind.collection, recordRef, undefined));
  if (error instanceof Problem && error.code === 'not-found') return absent;
  const problem = troubleOf(error ?? record.error);
  const ready = data !== undefined && me !== undefined && record.data !== undefined;
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      {ready ? (
        <Editor
          key={data.assessment.id}
          kind={kind}
          sheet={data}
          member={me.member?.id ?? ''}
          reason={refusal(record.data.abilities.edit)}
        />
      ) : problem === null ? (
        <Skeleton height={28} lines={8} />
      ) : (
        <ErrorLine problem={problem} onRetry={() => void refetch()} />
      )}
    </>
  );
};
