import { post, saveFile } from './client.ts';

/** Takes out everything that is held about a member and hands it to the browser as a file. Throws `Problem`. */
export const takeOutPerson = async (member: string): Promise<void> => {
  const held = await post<object>(`/api/v1/members/${member}/export`);
  saveFile(new Blob([JSON.stringify(held, null, 2)], { type: 'application/json' }), `person-${member}.json`);
};
