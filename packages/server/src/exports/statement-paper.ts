import { dayText, momentText } from '@throughline/domain/day-text.ts';
import type { PublishedRow, PublishedStatement } from '@throughline/domain/soa/published.ts';
import type { Paper } from './paper.ts';
import {
  applicableWords,
  evidenceWords,
  optionWords,
  placeWords,
  severalWords,
  sourceWords,
  testsWords,
} from './statement-words.ts';

/** A published version as the controlled document that it is. */
export type PaperVersion = {
  readonly version: number;
  readonly document: string;
  readonly inForce: boolean;
  /** Who approved exactly this version, and when; `null` where nobody did. */
  readonly approved: { readonly by: string | null; readonly at: string } | null;
  /** SHA-256 of the published data, in hex. */
  readonly digest: string;
};

/** The columns of the page, in the order in which auditors read a statement; shares add up to 1. */
const columns: readonly (Paper['columns'][number] & { readonly of: (row: PublishedRow) => string })[] = [
  { label: 'Control', share: 0.055, of: ({ id }) => id },
  { label: 'Title', share: 0.105, of: ({ title }) => title },
  { label: 'Applicable', share: 0.085, of: decisionWords },
  { label: 'Reason for inclusion or exclusion', share: 0.175, of: reasonWords },
  { label: 'Called for by', share: 0.12, of: sourceWords },
  { label: 'Implementation', share: 0.08, of: ({ place }) => (place ? placeWords[place.state] : '–') },
  { label: 'Where', share: 0.115, of: whereWords },
  { label: 'Evidence', share: 0.085, of: ({ evidence }) => evidenceWords(evidence) || '–' },
  { label: 'Tests', share: 0.11, of: testWords },
  { label: 'Owner', share: 0.07, of: ({ owner }) => owner ?? '–' },
];

/** A statement as it is handed to an auditor: head, table, and everything that it says against itself. */
export function statementPaper(
  statement: PublishedStatement,
  about: { readonly version: PaperVersion | null; readonly timeZone: string },
): Paper {
  const { rows, asOf } = statement;
  const { version } = about;
  const wrong = rows.flatMap((row) => row.faults.map((words, at) => ({ row, words, at })));
  const contradicts = ({ row, at }: (typeof wrong)[number]) => at < (row.contradictions ?? 0);
  const item = ({ row, words }: (typeof wrong)[number]) => `${row.id}: ${words}`;
  return {
    title: 'Statement of Applicability',
    head: headOf(statement, about),
    lead: countsWords(statement),
    columns: columns.map(({ label, share }) => ({ label, share })),
    groups: [...Map.groupBy(rows, ({ topic }) => topic ?? 'Own controls')].map(([title, some]) => ({
      title,
      rows: some.map((row) => columns.map(({ of }) => of(row))),
    })),
    lists: [
      { title: 'Contradictions', items: wrong.filter(contradicts).map(item), none: 'None.' },
      {
        title: 'Gaps',
        items: wrong.filter((one) => !contradicts(one)).map(item),
        none: 'None.',
      },
    ],
    foot: [
      statement.organisation ?? 'Statement of Applicability',
      ...(statement.organisation === null ? [] : ['Statement of Applicability']),
      version === null ? `as of ${momentText(asOf, about.timeZone)}` : `version ${version.version}`,
    ].join(' · '),
    at: new Date(asOf),
  };
}

/** How far a statement is decided, in one line. */
export const countsWords = ({ counts }: Pick<PublishedStatement, 'counts'>): string =>
  `${counts.annexADecided} of ${counts.annexA} controls of Annex A are decided. Applicable: ${counts.applicable}. Excluded: ${counts.excluded}. Open: ${counts.open}. Contradictions: ${counts.contradictions}. Running systems: ${counts.runningSystems}.`;

const placeText = (index: number): string =>
  index < 0 ? 'before the first entry' : `entry ${index} of the log`;

/** What a statement is, in whatever form it is handed over: whose, of what, which version, approved, of when. */
export function headOf(
  { organisation, scope, asOf, index }: PublishedStatement,
  { version, timeZone }: { readonly version: PaperVersion | null; readonly timeZone: string },
): Paper['head'] {
  const place = index === null ? 'not kept with this version' : placeText(index);
  return [
    ['Organisation', organisation ?? 'not kept with this version'],
    ['Scope (4.3)', scope ?? 'No statement of scope was in force.'],
    ['Version', versionWords(version)],
    ['Approval', approvalWords(version, timeZone)],
    ['As of', momentText(asOf, timeZone)],
    ['Position in the log', place],
    ...(version === null ? [] : ([['Digest of its data', `SHA-256 ${version.digest}`]] as const)),
  ];
}

function versionWords(version: PaperVersion | null): string {
  if (version === null)
    return 'None: the statement as the records give it. Only a published version is a controlled document.';
  return `${version.version} of ${version.document}, ${version.inForce ? 'in force' : 'not in force'}`;
}

function approvalWords(version: PaperVersion | null, timeZone: string): string {
  if (version === null) return 'None: each line is approved by itself.';
  const { approved } = version;
  if (approved === null) return 'Nobody approved this version.';
  return `Approved by ${approved.by ?? 'somebody whose name was erased'} on ${momentText(approved.at, timeZone)}`;
}

/** Reasons by their labels, then what somebody wrote; of a control that nobody decided on neither counts. */
function reasonWords({ decided, reasons, justification, line }: PublishedRow): string {
  if (decided === 'none') return '–';
  const labels = decided === 'excluded' ? '' : optionWords('applicability', 'reasons', reasons).join(', ');
  const words = [labels, justification ?? ''].filter((part) => part !== '').join('. ');
  const open = decided === 'unapproved' ? `${line ?? 'The line'} waits for approval. ` : '';
  return `${open}${words}` || 'No reason is given.';
}

function whereWords({ place, implementedBy }: PublishedRow): string {
  if (place === null) return '–';
  const where =
    place.at === 'organisation'
      ? 'Once, by the organisation'
      : `On ${place.inPlace} of ${place.of} running systems`;
  const by = severalWords(implementedBy);
  return by === '' ? where : `${where}: ${by}`;
}

function testWords(row: PublishedRow): string {
  const said = testsWords(row);
  if (said === '') return '–';
  return row.nextTest === null ? said : `${said}. Next ${dayText(row.nextTest)}`;
}

/** Whether it applies, by which line and since when. */
function decisionWords(row: PublishedRow): string {
  const by = [row.line, row.decidedOn && dayText(row.decidedOn)].filter((part) => part !== null);
  const words = applicableWords(row);
  return by.length === 0 || row.decided === 'none' ? words : `${words}: ${by.join(', ')}`;
}
