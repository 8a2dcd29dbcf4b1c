/** Words of provisioning from outside: SCIM 2.0 (RFC 7643, 7644). */
export const provisioning = {
  'provisioning.title': 'Provisioning',
  'provisioning.explain':
    'An identity provider such as Entra ID or Okta adds people and groups here, keeps their names, and ends their access the moment they leave there (SCIM 2.0). Roles stay yours: give them to its groups, or to people.',
  'provisioning.address': 'Address',
  'provisioning.address-text':
    'Enter this at the identity provider as the address of the SCIM service, also called tenant URL or base URL. It has to reach this address over the network.',
  'provisioning.token': 'Token',
  'provisioning.token-text':
    'The identity provider shows who it is by a token. It can add, change and end people and groups, and nothing else: it reads no record, and no other token works at this address.',
  'provisioning.none': 'No token for provisioning works now, so nothing is managed from outside.',
  'provisioning.make': 'Make a token for provisioning',
  'provisioning.make-do': 'Make the token',
  'provisioning.name': 'Name',
  'provisioning.name-help': 'Which identity provider uses it, such as Entra ID.',
  'provisioning.named': 'Identity provider',
  'provisioning.use': 'Renew or end it under',
  'provisioning.managed': 'What it manages',
  'provisioning.managed-people': {
    one: '{n} person is managed from outside.',
    other: '{n} people are managed from outside.',
  },
  'provisioning.managed-text':
    'Name and access come from the identity provider. Who was ended here by an administrator is not let in again by it, and the only administrator is never taken away.',
  'provisioning.of-member': 'from the identity provider',
  'provisioning.waits': 'has not signed in yet',
  'provisioning.member-text':
    'The identity provider says what this person is called and whether they have access. What you end here it does not begin again.',
} as const;
