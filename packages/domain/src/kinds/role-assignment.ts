import { withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { internalRoleOptions } from './vocabulary/roles.ts';

/**
 * A role given to a person, for one system or for the organisation (5.3, A.3.2). It counts while the person is active,
 * `acceptedOn` is there, and the day lies between `validFrom` and `validTo`. The record's owner is the holder.
 */
export const roleAssignment = defineKind({
  name: 'role-assignment',
  prefix: 'ROL',
  collection: 'role-assignments',
  label: 'Role assignment',
  plural: 'Roles',
  purpose:
    'Who holds which duty, for one system or for everything, and since when they accepted it (5.3, A.3.2). Each role also asks for competence (7.2).',
  regime: 'factual',
  fields: {
    name: f.line({
      label: 'Title',
      help: 'Left empty, it is the role.',
      column: true,
      alsoCalled: ['title', 'name'],
    }),
    role: f.choice(internalRoleOptions, {
      label: 'Role',
      required: true,
      station: 'ownership',
      column: true,
      alsoCalled: ['role', 'function', 'duty'],
    }),
    area: f.line({
      label: 'Area',
      help: 'The unit or subject it reaches, where it is no single system.',
      station: 'ownership',
    }),
    person: f.member({
      label: 'Person',
      required: true,
      station: 'ownership',
      column: true,
      alsoCalled: ['person', 'assigned to', 'holder', 'employee'],
    }),
    acceptedOn: f.day({
      label: 'Accepted on',
      help: 'The day on which the person said yes.',
      station: 'ownership',
      column: true,
      alsoCalled: ['accepted', 'acknowledged on'],
    }),
    deputy: f.member({ label: 'Deputy', station: 'ownership', alsoCalled: ['deputy', 'backup'] }),
    reportsTo: f.member({
      label: 'Reports to',
      station: 'ownership',
      alsoCalled: ['manager', 'reporting line'],
    }),
    duties: f.text({ label: 'Duties', station: 'ownership', max: 4000 }),
    authority: f.text({
      label: 'Authority',
      help: 'What the holder may decide or stop alone.',
      station: 'ownership',
      max: 2000,
    }),
    support: f.text({
      label: 'Support',
      help: 'Time, tools and people the holder is given.',
      station: 'ownership',
      max: 2000,
    }),
    trainedOn: f.day({ label: 'Trained on', station: 'ownership' }),
    communicatedOn: f.day({ label: 'Made known on', station: 'ownership' }),
    validFrom: f.day({
      label: 'Valid from',
      station: 'ownership',
      alsoCalled: ['start date', 'from', 'since'],
    }),
    validTo: f.day({ label: 'Valid to', station: 'ownership', alsoCalled: ['end date', 'until'] }),
  },
  owner: 'person',
  index: ['title', 'state', 'owner', 'role', 'validTo', 'deputy', 'acceptedOn'],
  relations: {
    system: withinSystem('Roles'),
    competence: about('competence', { label: 'Competence', inverse: 'Needed for role' }),
  },
  material: ['role', 'person', 'authority', 'validFrom', 'validTo', 'system'],
  lifecycle: {
    initial: 'assigned',
    mayBeBroughtIn: true,
    states: {
      assigned: { label: 'Assigned', shape: 'half' },
      accepted: { label: 'Accepted', shape: 'full' },
      ended: { label: 'Ended', shape: 'crossed', ended: true },
    },
    transitions: {
      accept: {
        label: 'Accept',
        from: ['assigned'],
        to: 'accepted',
        requires: ['person', 'acceptedOn'],
        takenBy: 'person',
      },
      end: { label: 'End', from: ['assigned', 'accepted'], to: 'ended', requires: ['validTo'] },
      assign: { label: 'Assign again', from: ['ended'], to: 'assigned' },
    },
  },
  serves: ['5.3', '7.2', '9.2.2', 'A.3.2', 'A.4.6'],
  // A title of one's own stays; one that was only the role follows the role.
  derive: ({ fields }) => {
    const role = internalRoleOptions.find((option) => option.id === fields.role);
    const ownTitle = 'name' in fields && !internalRoleOptions.some((option) => option.label === fields.name);
    return ownTitle || !role ? {} : { name: role.label };
  },
  apart: [{ field: 'deputy', from: ['person'], say: 'The deputy is somebody else than the holder.' }],
});
