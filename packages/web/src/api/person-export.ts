import { post } from './client.ts';

/** Takes out everything that is held about a member and hands it to the browser as a file. Throws `Problem`. */
export const takeOutPerson = async (member: string): Promise<void> => {
  const held = await post<object>(`/api/v1/members/${member}/export`);
  const url = URL.createObjectURL(new Blob([JSON.stringify(held, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `person-${member}.json`;
  link.click();
  // The browser has begun to save it by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};
