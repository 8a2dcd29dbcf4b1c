/** The secret of a link that opens a page: it stands in the fragment, which is sent to nobody. */
export const secretOf = (link: string): string =>
  new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '';
