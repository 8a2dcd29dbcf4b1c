/** The cursor of a first page: none yet. Typed, so that the pages after it may have one. */
export const firstPage: string | undefined = undefined;
