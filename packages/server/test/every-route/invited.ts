import type { World } from './world.ts';

let addresses = 0;
/** An address that nobody had before. */
export const address = () => {
  addresses += 1;
  return `person-${addresses}@example.org`;
};

export const memberBody = () => ({
  name: 'Head of underwriting',
  email: address(),
  roles: ['reader', 'system-owner'],
  until: '2998-01-31',
});

/** Somebody who was invited and has not come yet. */
export const invited = async (world: World) =>
  (await world.manager.send('POST', '/members', memberBody())).json() as { member: string; link: string };
