import { impactParts } from '@throughline/domain/impact/parts.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type {
  ImpactAlikeGroupsWire,
  ImpactMethodsWire,
  ImpactSheetWire,
} from '@throughline/domain/wire-impact.ts';
import type { Methods } from '../../features/impact/method.ts';
import type { Shared, Sheet } from '../../features/impact/sheet.ts';
import { refWire } from './ref.ts';

/** An assessment as it is filled in. */
export function sheetWire(registry: Registry, sheet: Sheet): ImpactSheetWire {
  const { record, method, rights, classes } = sheet;
  const ref = (row: Parameters<typeof refWire>[1]) => refWire(registry, row);
  return {
    assessment: ref({ ...record, archived: record.archivedAt !== null }),
    version: record.version,
    fields: record.content.fields,
    useCases: sheet.useCases.map((one) => ref({ ...one, archived: one.archivedAt !== null })),
    method: {
      document: method.document && ref(method.document),
      version: method.version,
      inForce: method.inForce,
      transitionOn: method.transitionOn,
      standing: method.standing,
      says: method.says,
      offered: method.offered && {
        document: ref(method.offered.document),
        version: method.offered.version,
      },
    },
    scales: sheet.scales,
    parts: impactParts,
    blanks: sheet.blanks,
    toConfirm: sheet.toConfirm,
    known: sheet.known.map(({ field, value, from }) => ({
      field,
      value,
      from: from.flatMap((id) => {
        const row = sheet.refs.get(id);
        return row ? [ref(row)] : [];
      }),
    })),
    signs: sheet.signs,
    alike: sheet.alike.map((one) => ({
      field: one.field,
      label: labelOf(registry, one.field),
      with: one.with.map(ref),
      more: one.more,
    })),
    rights: { ...rights, classifications: classes.map(ref) },
    lastTime: sheet.lastTime,
  };
}

export const methodsWire = (registry: Registry, methods: Methods): ImpactMethodsWire => ({
  ...methods,
  method: methods.method && refWire(registry, methods.method),
  items: methods.items.map(({ assessment, version, standing, says }) => ({
    assessment: refWire(registry, assessment),
    version,
    standing,
    says,
  })),
});

export const alikeWire = (registry: Registry, shared: readonly Shared[]): ImpactAlikeGroupsWire => ({
  groups: shared.map(({ field, count, assessments }) => ({
    field,
    label: labelOf(registry, field),
    count,
    assessments: assessments.map((row) => refWire(registry, row)),
  })),
});

const labelOf = (registry: Registry, field: string): string =>
  registry.get('impact-assessment').fields[field]?.label ?? field;
