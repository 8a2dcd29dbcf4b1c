/** The shapes of answers on impact assessments. Conventions as in wire.ts. */
import type { Json } from './json.ts';
import type { RefWire } from './wire.ts';

/** A part of the assessment as it is filled in: `about`, `groups`, a dimension, `annexes`, `rights`, `consultation`, `conclusion`. */
export type ImpactPartId = string;

/** Something that is blank: in which part, at which field or relation, and in words. */
export type ImpactBlankWire = { part: ImpactPartId; field: string; says: string };

/** A scale of the method that the assessment follows; `own` where the organisation put it into its own words. */
export type ImpactScaleWire = {
  id: string;
  label: string;
  own: boolean;
  /** Weakest first. */
  steps: readonly { id: string; label: string; meaning: string | null }[];
};

/** How an assessment stands to the versions of its method. */
export type MethodStanding = 'none' | 'current' | 'in-transition' | 'older' | 'unknown';
export type ImpactMethodWire = {
  document: RefWire | null;
  /** The version that the assessment names. */
  version: number | null;
  /** The version in force, and until when earlier ones stand. */
  inForce: number | null;
  transitionOn: string | null;
  standing: MethodStanding;
  says: string;
  /** The organisation's method in force, where the assessment could follow it and does not. */
  offered: { document: RefWire; version: number } | null;
};

/** What another record says of a field. */
export type ImpactKnownWire = { field: string; value: Json; from: readonly RefWire[] };

/** An observation on the text, in words. Never an accusation: what follows is for people to judge. */
export type ImpactSignWire = { id: string; part: ImpactPartId | null; says: string };

/** A text that stands word for word in other assessments too. */
export type ImpactAlikeWire = { field: string; label: string; with: readonly RefWire[]; more: boolean };

/** One of the six elements of Article 27(1): what of it is there, or what is missing. */
export type RightsElementWire = { id: string; name: string; there: boolean; says: string; field: string };
export type RightsWire = {
  /** Whether an assessment under Article 27 is due, by the classifications of the uses covered. */
  due: 'yes' | 'no' | 'unknown';
  because: string;
  classifications: readonly RefWire[];
  elements: readonly RightsElementWire[];
  /** Done before first use, and notified: what of it is there. */
  acts: readonly RightsElementWire[];
  /** How many of the elements and acts are missing; zero where none is due. */
  gaps: number;
};

/** `GET /impact-assessments/{ref}/sheet`. */
export type ImpactSheetWire = {
  assessment: RefWire;
  version: number;
  /** The working version, by field. */
  fields: Readonly<Record<string, Json>>;
  useCases: readonly RefWire[];
  method: ImpactMethodWire;
  scales: readonly ImpactScaleWire[];
  parts: readonly { id: ImpactPartId; fields: readonly string[] }[];
  blanks: readonly ImpactBlankWire[];
  toConfirm: readonly string[];
  known: readonly ImpactKnownWire[];
  signs: readonly ImpactSignWire[];
  alike: readonly ImpactAlikeWire[];
  rights: RightsWire;
  /** Effects of the version approved last, where one is in force. */
  lastTime: { version: number; effects: Json } | null;
};

/** `GET /impact-methods`: which assessments stand on which version of the method. */
export type ImpactMethodsWire = {
  method: RefWire | null;
  inForce: number | null;
  transitionOn: string | null;
  counts: Readonly<Record<MethodStanding, number>>;
  /** Those that do not stand on the version in force, at most 500. */
  items: readonly { assessment: RefWire; version: number | null; standing: MethodStanding; says: string }[];
};

/** `GET /impact-assessments/alike`: texts that stand word for word in several assessments. */
export type ImpactAlikeGroupsWire = {
  groups: readonly { field: string; label: string; assessments: readonly RefWire[]; count: number }[];
};
