import type { Catalogue } from '@throughline/catalogue/types.ts';
import { isObject, type Json } from '@throughline/domain/json.ts';
import { adoptedControls } from '@throughline/domain/kinds/adopt-controls.ts';
import type { DemoSource, SourceEdit, SourceFile, SourceRecord, SourceSystem } from './demo-source.ts';
import { begun } from './demo-ways.ts';

/** A part of the demo that is written in one change, in the order given: what a record links to stands before it. */
export type DemoChapter = {
  readonly title: string;
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly records: readonly SourceRecord[];
};

export type DemoPlan = {
  readonly chapters: readonly DemoChapter[];
  /** Edits after everything was approved: what makes approvals void and stale. */
  readonly later: readonly SourceEdit[];
};

/** The whole demo with patterns unfolded: every record by its own key, every word filled in. Pure. */
export function demoPlan(source: DemoSource, catalogue: Catalogue): DemoPlan {
  const { organisation } = source;
  const chapters = [
    { title: 'Controls', files: new Map(), records: controlRecords(source, catalogue) },
    {
      title: 'The organisation',
      files: new Map(Object.entries(organisation.files)),
      records: organisation.records,
    },
    { title: 'Statement of Applicability', files: new Map(), records: statementRecords(source, catalogue) },
    ...source.systems.map((system) => systemChapter(source, system)),
    {
      title: 'Assurance',
      files: new Map(Object.entries(source.assurance.files)),
      records: source.assurance.records,
    },
  ];
  return {
    chapters: chapters.map((chapter) => ({
      ...chapter,
      records: chapter.records.map((one) => begun(heldAgainst(one, source, catalogue))),
    })),
    later: source.systems.flatMap((system) =>
      system.later.map((edit) => ({ ...edit, edit: ownKey(system.key, edit.edit) })),
    ),
  };
}

/** A treatment plan says of each control of Annex A that it does not call for why not (6.1.3). */
function heldAgainst(record: SourceRecord, { statement }: DemoSource, catalogue: Catalogue): SourceRecord {
  if (record.kind !== 'treatment') return record;
  const compared = catalogue.iso42001.annex_a.controls.flatMap(({ id }) => {
    if (record.links.controls?.includes(id)) return [];
    const reason = statement.beside[id.split('.').slice(0, 2).join('.')] ?? '';
    return [{ control: id, answer: 'not-needed', reason }];
  });
  return { ...record, fields: { ...record.fields, compared } };
}

function controlRecords({ statement }: DemoSource, catalogue: Catalogue): SourceRecord[] {
  return adoptedControls(catalogue).flatMap(({ fields = {} }) => {
    const key = String(fields.item);
    const implementedAt = statement.atSystem.includes(key) ? 'system' : 'organisation';
    const own = { owner: '@member:head-of-compliance', implementedAt };
    return [
      { key, kind: 'control', state: 'adopted', fields: { ...plain(fields), ...own }, links: {}, steps: [] },
    ];
  });
}

function plain(fields: Readonly<Record<string, unknown>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** One line for each control, and how those of the organisation are put in place. */
function statementRecords({ statement }: DemoSource, catalogue: Catalogue): SourceRecord[] {
  return catalogue.iso42001.annex_a.controls.flatMap(({ id, title }) => {
    const excluded = statement.excluded[id];
    const line: SourceRecord = {
      key: `line/${id}`,
      kind: 'applicability',
      fields: {
        name: `${id} ${title}`,
        decision: excluded === undefined ? 'applicable' : 'excluded',
        ...(excluded === undefined ? { reasons: statement.reasons[id] ?? ['good-practice'] } : {}),
        justification: excluded ?? statement.why[id] ?? '',
        owner: '@member:head-of-compliance',
        decidedOn: '@day:-150',
      },
      links: { control: [id] },
      steps: ['approve:chief-executive'],
    };
    if (excluded !== undefined || statement.atSystem.includes(id)) return [line];
    const placed = [line, organisationImplementation(id, title)];
    return statement.tested.includes(id) ? [...placed, organisationTest(id, title)] : placed;
  });
}

function organisationImplementation(id: string, title: string): SourceRecord {
  return {
    key: `place/${id}`,
    kind: 'implementation',
    state: 'in-place',
    fields: {
      name: `${title}, for the organisation`,
      howItWorks: 'As the document on it says; asked about in each audit.',
      owner: '@member:governance-lead',
      inPlaceSince: '@day:-140',
      occurrences: 'yearly',
    },
    links: { control: [id] },
    steps: [],
  };
}

function organisationTest(id: string, title: string): SourceRecord {
  return {
    key: `test/${id}`,
    kind: 'control-test',
    state: 'concluded',
    fields: {
      name: `Test of ${title}`,
      subject: 'both',
      criterion: 'People of every unit know the document and work as it says.',
      method: 'The document read against what five people of the units said and showed.',
      periodFrom: '@day:-140',
      periodTo: '@day:-40',
      populationSize: 12,
      sample: 'One person of each of five units.',
      sampleSize: 5,
      deviations: 0,
      result: 'All five work as the document says.',
      conclusion: 'effective',
      tester: '@member:internal-auditor',
      ownerTested: '@member:governance-lead',
      testedOn: '@day:-35',
      nextTest: '@day:330',
    },
    links: { control: [id], implementation: [`place/${id}`] },
    steps: [],
  };
}

function systemChapter(source: DemoSource, system: SourceSystem): DemoChapter {
  const used = system.patterns.map((name) => source.patterns[name] ?? { files: {}, records: [] });
  const declared = [...used.flatMap(({ records }) => records), ...system.records];
  const withSystem = declared.some(({ key }) => key === './')
    ? declared
    : [{ key: './', kind: 'system', fields: {}, links: {}, steps: [] }, ...declared];
  const records = withSystem
    .filter(({ key }) => !system.without.includes(key))
    .map((record) => own(system, record));
  const files = used.flatMap((pattern) =>
    Object.entries(pattern.files).map(
      ([key, file]) => [ownKey(system.key, key), { ...file, text: filled(file.text, system.words) }] as const,
    ),
  );
  return { title: String(system.system.fields.name), files: new Map(files), records };
}

/** A record of a pattern as this system's own: changed where it differs, words filled in, keys its own. */
function own(system: SourceSystem, declared: SourceRecord): SourceRecord {
  const change = system.change[declared.key];
  const given = declared.key === './' ? system.system : undefined;
  const fields = { ...declared.fields, ...given?.fields, ...change?.fields };
  const state = given?.state ?? declared.state;
  return {
    ...declared,
    ...(state === undefined ? {} : { state }),
    steps: change?.steps ?? declared.steps,
    key: ownKey(system.key, declared.key),
    fields: filledFields(fields, system),
    ...(declared.afterwards ? { afterwards: filledFields(declared.afterwards, system) } : {}),
    links: Object.fromEntries(
      Object.entries({ ...declared.links, ...change?.links }).map(([name, keys]) => [
        name,
        keys.map((key) => ownKey(system.key, key)),
      ]),
    ),
  };
}

/** `./risk` of the system `fraud-signals` is `fraud-signals/risk`; `./` is the system itself. */
function ownKey(system: string, key: string): string {
  if (key === './') return system;
  return key.startsWith('./') ? `${system}/${key.slice(2)}` : key;
}

function filledFields(
  fields: Readonly<Record<string, Json>>,
  system: SourceSystem,
): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, filledValue(value, system)]),
  );
}

function filledValue(value: Json, system: SourceSystem): Json {
  if (typeof value === 'string') {
    const text = filled(value, system.words);
    return text.replace(
      /^(@(?:file|digest):)(\.\/.*)$/,
      (_, sign: string, key: string) => sign + ownKey(system.key, key),
    );
  }
  if (Array.isArray(value)) return value.map((one) => filledValue(one, system));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filledValue(one, system)]));
  return value;
}

function filled(text: string, words: Readonly<Record<string, string>>): string {
  return text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => words[name] ?? whole);
}

/**
 * The records of a chapter in as few rounds as their links allow: what a record links to is written in an earlier one,
 * because a change does not see the new records of its own.
 */
export function layersOf(records: readonly SourceRecord[]): SourceRecord[][] {
  const levels = new Map<string, number>();
  const layers: SourceRecord[][] = [];
  for (const record of records) {
    const below = Object.values(record.links).flatMap((keys) => keys.map((key) => levels.get(key) ?? -1));
    const level = Math.max(-1, ...below) + 1;
    levels.set(record.key, level);
    const layer = layers[level] ?? [];
    layer.push(record);
    layers[level] = layer;
  }
  return layers;
}

/** Keys of the files that a record's values name. */
export function filesNamed({ fields }: SourceRecord): Set<string> {
  const named = JSON.stringify(fields).matchAll(/"@(?:file|digest):([^"]+)"/g);
  return new Set([...named].flatMap(([, key]) => key ?? []));
}

/** What values that begin with @ stand for. */
export type Meanings = {
  /** A day so many days from today, YYYY-MM-DD. */
  readonly day: (days: number) => string;
  /** A moment so many days from now, RFC 3339. */
  readonly moment: (days: number) => string;
  readonly member: (person: string) => string;
  readonly file: (key: string) => string;
  readonly digest: (key: string) => string;
  /** How others name the first version of a demo record: `RCR-1 v1`. */
  readonly version: (key: string) => string;
  readonly ruleVersion: string;
  /** Whoever loads the demo: some of its tasks wait for them. */
  readonly loader: string;
};

/** A declared value with its meaning filled in. Throws on a sign that it does not know. */
export function meant(value: Json, meanings: Meanings): Json {
  if (typeof value === 'string') return value.startsWith('@') ? meantSign(value, meanings) : value;
  if (Array.isArray(value)) return value.map((one) => meant(one, meanings));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, meant(one, meanings)]));
  return value;
}

function meantSign(text: string, meanings: Meanings): string {
  const [, sign = '', of = ''] = /^@([a-zA-Z]+):?(.*)$/s.exec(text) ?? [];
  switch (sign) {
    case 'day':
      return meanings.day(Number(of));
    case 'moment':
      return meanings.moment(Number(of));
    case 'member':
      return meanings.member(of);
    case 'file':
      return meanings.file(of);
    case 'digest':
      return meanings.digest(of);
    case 'version':
      return meanings.version(of);
    case 'ruleVersion':
      return meanings.ruleVersion;
    case 'loader':
      return meanings.loader;
    default:
      throw new RangeError(`The demo has no meaning for ${text}`);
  }
}
