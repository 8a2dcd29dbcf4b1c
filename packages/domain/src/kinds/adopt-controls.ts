import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { Patch } from './edit.ts';

/**
 * The controls of Annex A as patches for new `control` records, in the order of the standard. A person asks for it;
 * nothing adopts controls by itself, and no decision of applicability comes with them (6.1.3 wants a reason for each).
 * A control that has a part on each system is put in place on each system; a person may say otherwise afterwards.
 */
export function adoptedControls(catalogue: Catalogue): Patch[] {
  const { topics, controls } = catalogue.iso42001.annex_a;
  return controls.map((control) => {
    const objectives = topics.find((topic) => topic.id === control.topic)?.objectives ?? [];
    const objective =
      objectives.find((candidate) => candidate.id === control.objective) ??
      (objectives.length === 1 ? objectives[0] : undefined);
    return {
      fields: {
        code: control.id,
        // Links and pickers show the name alone, so it carries the id.
        name: `${control.id} ${control.title}`,
        item: control.id,
        framework: 'iso-42001',
        description: control.summary,
        implementedAt: control.evidence_scope === 'organisation' ? 'organisation' : 'system',
        ...(objective ? { objective: objective.summary } : {}),
      },
    };
  });
}
