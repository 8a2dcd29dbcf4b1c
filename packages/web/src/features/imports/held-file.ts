/** Files of this visit by import. The server keeps the rows it read; only the browser has the bytes to read them anew. */
const held = new Map<string, File>();

export const holdFile = (id: string, file: File): void => {
  held.set(id, file);
};
export const heldFile = (id: string): File | undefined => held.get(id);
