/**
 * The closed set of field types. A field is data: forms, columns, filters, import, export and the API are drawn
 * from it. Whatever a field cannot say, no register can hold.
 */
export type Option = { readonly id: string; readonly label: string; readonly help?: string };

type Common = {
  readonly label: string;
  readonly help?: string;
  /** Demanded when the record is created. Everything else may come later; rules of the line ask for it then. */
  readonly required?: true;
  /** The station of the line that this field serves; forms are sectioned by it. */
  readonly station?: string;
  /** Headings under which files of others carry this field, for the import's proposal. */
  readonly alsoCalled?: readonly string[];
  /** Shown in the register's table before anyone chose columns. */
  readonly column?: true;
  /** Worked out by the kind's `derive`: a change that says otherwise is refused, one that says the same is taken. */
  readonly derived?: true;
  /** Written by an act of its own alone: an edit that says otherwise is refused, one that says the same is taken. */
  readonly byAct?: true;
  /** Asked only where one of these holds; what was filled all the same is shown, taken and kept. */
  readonly when?: readonly When[];
};

/** What other fields say, all of it: each a choice or an answer, by its name, and the values that count. */
export type When = Readonly<Record<string, readonly string[]>>;

export type LineField = Common & { readonly type: 'line'; readonly max: number };
export type TextField = Common & { readonly type: 'text'; readonly max: number };
export type UrlField = Common & { readonly type: 'url' };
export type ChoiceField = Common & { readonly type: 'choice'; readonly options: readonly Option[] };
export type ChoicesField = Common & { readonly type: 'choices'; readonly options: readonly Option[] };
export type AnswerField = Common & { readonly type: 'answer' };
export type DayField = Common & { readonly type: 'day' };
export type MomentField = Common & { readonly type: 'moment' };
export type NumberField = Common & {
  readonly type: 'number';
  readonly min?: number;
  readonly max?: number;
  readonly whole?: true;
  readonly unit?: string;
};
export type MemberField = Common & { readonly type: 'member' };
export type ListField = Common & { readonly type: 'list'; readonly max: number };
export type CatalogueField = Common & {
  readonly type: 'catalogue';
  readonly of: 'control' | 'clause' | 'document' | 'requirement' | 'role' | 'stage' | 'threat';
  readonly many?: true;
};
export type FileField = Common & { readonly type: 'file'; readonly as?: 'text' };
export type RowsField = Common & {
  readonly type: 'rows';
  readonly columns: Readonly<Record<string, CellField>>;
  /** Files carry it whole in one cell: a line for each row. */
  readonly inCell?: true;
  /** The rows are the cells of tables, and are drawn and written as such. */
  readonly grid?: Grid;
};

/**
 * How rows make tables, by the names of their columns: `table` tells the tables apart, `down` and `across` name the two
 * steps of a cell, `cell` is what stands in it. The rows of the fields in `steps` name the steps in their order, in a
 * column `step`; across, a column of the name `table` says for which table.
 */
export type Grid = {
  readonly table: string;
  readonly down: string;
  readonly across: string;
  readonly cell: string;
  readonly steps: { readonly down: string; readonly across: string };
};

/** What a column of a `rows` field may be: flat values only. */
export type CellField =
  | LineField
  | TextField
  | ChoiceField
  | AnswerField
  | DayField
  | NumberField
  | MemberField
  | UrlField;

export type Field =
  | LineField
  | TextField
  | UrlField
  | ChoiceField
  | ChoicesField
  | AnswerField
  | DayField
  | MomentField
  | NumberField
  | MemberField
  | ListField
  | CatalogueField
  | FileField
  | RowsField;

export type Fields = Readonly<Record<string, Field>>;

/** Yes, no, not stated and not applicable are four different things; absence of an answer is a fifth. */
export const answers = ['yes', 'no', 'not-stated', 'not-applicable'] as const;
export type Answer = (typeof answers)[number];
export const answerLabels: Readonly<Record<Answer, string>> = {
  yes: 'Yes',
  no: 'No',
  'not-stated': 'Not stated',
  'not-applicable': 'Not applicable',
};

export const f = {
  /** One line of text, 200 characters unless told. */
  line: (o: Common & { max?: number }): LineField => ({ ...o, type: 'line', max: o.max ?? 200 }),
  /** Paragraphs, 8,000 characters unless told. */
  text: (o: Common & { max?: number }): TextField => ({ ...o, type: 'text', max: o.max ?? 8000 }),
  url: (o: Common): UrlField => ({ ...o, type: 'url' }),
  choice: (options: readonly Option[], o: Common): ChoiceField => ({ ...o, type: 'choice', options }),
  choices: (options: readonly Option[], o: Common): ChoicesField => ({ ...o, type: 'choices', options }),
  answer: (o: Common): AnswerField => ({ ...o, type: 'answer' }),
  /** A day with precision, see day.ts. */
  day: (o: Common): DayField => ({ ...o, type: 'day' }),
  /** A moment, RFC 3339 with offset; kept as UTC. */
  moment: (o: Common): MomentField => ({ ...o, type: 'moment' }),
  number: (o: Common & { min?: number; max?: number; whole?: true; unit?: string }): NumberField => ({
    ...o,
    type: 'number',
  }),
  /** A person of this organisation. */
  member: (o: Common): MemberField => ({ ...o, type: 'member' }),
  /** Several short lines, 50 unless told, 300 characters each. */
  list: (o: Common & { max?: number }): ListField => ({ ...o, type: 'list', max: o.max ?? 50 }),
  /** Ids of the catalogue: controls, clauses, mandatory documents, roles, stages, or any requirement. */
  catalogue: (of: CatalogueField['of'], o: Common & { many?: true }): CatalogueField => ({
    ...o,
    type: 'catalogue',
    of,
  }),
  /** A file of this organisation, by the id of its blob; `as: 'text'` is written on the page. */
  file: (o: Common & { as?: 'text' }): FileField => ({ ...o, type: 'file' }),
  rows: (
    columns: Readonly<Record<string, CellField>>,
    o: Common & Pick<RowsField, 'grid' | 'inCell'>,
  ): RowsField => ({
    ...o,
    type: 'rows',
    columns,
  }),
};
