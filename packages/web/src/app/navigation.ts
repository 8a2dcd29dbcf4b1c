import type { PlainTextKey } from '../text/t.ts';
import {
  AssuranceIcon,
  ControlsIcon,
  DocumentsIcon,
  HomeIcon,
  type IconComponent,
  InventoryIcon,
  LogIcon,
  OperationIcon,
  OrganisationIcon,
  RiskIcon,
} from '../ui/icons.ts';

/** One place of the sidebar. A register's path is its collection, and it shows only where the server knows that kind. */
export type Place = { path: string; label: PlainTextKey; collection?: string };

export type Section = {
  id: string;
  label: PlainTextKey;
  icon: IconComponent;
  /** The letter after `G` (UX d). */
  letter: string;
  places: readonly Place[];
};

type PlaceKey = Extract<PlainTextKey, `place.${string}`>;
type Name<K> = K extends `place.${infer N}` ? N : never;

const register = (collection: Name<PlaceKey>): Place => ({
  path: `/${collection}`,
  label: `place.${collection}` as const,
  collection,
});
const page = (name: Name<PlaceKey>, path: string): Place => ({ path, label: `place.${name}` as const });

/** The nine items of the product, in order (UX b). */
export const sections: readonly Section[] = [
  {
    id: 'home',
    label: 'nav.home',
    icon: HomeIcon,
    letter: 'h',
    places: [
      page('today', '/'),
      register('tasks'),
      page('readiness', '/readiness'),
      register('walks'),
      register('intakes'),
      register('attestations'),
    ],
  },
  {
    id: 'inventory',
    label: 'nav.inventory',
    icon: InventoryIcon,
    letter: 'i',
    places: [
      ...(['systems', 'use-cases', 'versions', 'models', 'data-sets', 'resources'] as const).map(register),
      ...(['suppliers', 'responsibilities', 'customers', 'reconciliations'] as const).map(register),
      page('import', '/import'),
    ],
  },
  {
    id: 'risk',
    label: 'nav.risk',
    icon: RiskIcon,
    letter: 'r',
    places: [
      ...(['classifications', 'impact-assessments', 'risk-assessments', 'risks'] as const).map(register),
      page('risk-matrix', '/risks/matrix'),
      register('treatments'),
      ...(['acceptances', 'waivers', 'opportunities', 'risk-criteria'] as const).map(register),
      register('classification-schemes'),
    ],
  },
  {
    id: 'controls',
    label: 'nav.controls',
    icon: ControlsIcon,
    letter: 'c',
    places: [
      page('soa', '/soa'),
      ...(
        ['applicability', 'controls', 'implementations', 'control-tests', 'evidence', 'obligations'] as const
      ).map(register),
      page('crosswalk', '/crosswalk'),
      page('coverage', '/coverage'),
      register('gap-analyses'),
      register('mappings'),
    ],
  },
  {
    id: 'documents',
    label: 'nav.documents',
    icon: DocumentsIcon,
    letter: 'd',
    places: [register('documents'), page('templates', '/templates'), register('acknowledgements')],
  },
  {
    id: 'operation',
    label: 'nav.operation',
    icon: OperationIcon,
    letter: 'o',
    places: [
      register('gates'),
      page('gate-exceptions', '/gates/exceptions'),
      ...(
        [
          'requirement-specs',
          'design-records',
          'verifications',
          'change-requests',
          'monitors',
          'boundaries',
          'review-requests',
          'system-cards',
          'log-plans',
          'incidents',
          'concerns',
          'notices',
          'authority-reports',
          'regulatory-files',
        ] as const
      ).map(register),
    ],
  },
  {
    id: 'assurance',
    label: 'nav.assurance',
    icon: AssuranceIcon,
    letter: 'a',
    places: [
      ...(
        [
          'audit-programmes',
          'audits',
          'working-papers',
          'findings',
          'nonconformities',
          'corrective-actions',
        ] as const
      ).map(register),
      ...(['management-reviews', 'improvements', 'certification-audits'] as const).map(register),
    ],
  },
  {
    id: 'organisation',
    label: 'nav.organisation',
    icon: OrganisationIcon,
    letter: 'n',
    places: [
      ...(
        ['context-issues', 'interested-parties', 'objectives', 'committees', 'role-assignments'] as const
      ).map(register),
      ...(['authority-limits', 'competences', 'trainings', 'awareness', 'communications'] as const).map(
        register,
      ),
      ...(['processes', 'decisions'] as const).map(register),
    ],
  },
  {
    id: 'log',
    label: 'nav.log',
    icon: LogIcon,
    letter: 'l',
    places: [page('entries', '/log'), page('checkpoints', '/log/checkpoints'), page('verify', '/log/verify')],
  },
];

const covers = (place: Place, path: string): boolean =>
  place.path === '/' ? path === '/' : path === place.path || path.startsWith(`${place.path}/`);

/** The place a path belongs to: the longest one that covers it, so that `/log/verify` is not `/log`. */
export const placeOf = (path: string): { section: Section; place: Place } | null => {
  const found = sections
    .flatMap((section) => section.places.map((place) => ({ section, place })))
    .filter(({ place }) => covers(place, path))
    .sort((a, b) => b.place.path.length - a.place.path.length);
  return found[0] ?? null;
};

/**
 * The sections a person sees: registers the server knows, pages this build has, less what the role never uses.
 * A section with nothing in it is not shown.
 */
export const visibleSections = (known: (place: Place) => boolean): readonly Section[] =>
  sections
    .map((section) => ({ ...section, places: section.places.filter(known) }))
    .filter((section) => section.places.length > 0);
