/** Links by relation as an edit sets them: to one record, or to several. */
export const linked = (
  links: Readonly<Record<string, string | readonly string[]>>,
): Record<string, { readonly set: string[] }> =>
  Object.fromEntries(Object.entries(links).map(([relation, to]) => [relation, { set: [to].flat() }]));
