/**
 * The organisation that this page was loaded for. Every request names it, so that a person who went on in another one in
 * another tab reads and writes nothing there in the belief that it is here.
 */
let loadedFor: string | undefined;
let onOther: () => void = () => undefined;

export const organisationHeader = 'x-throughline-organisation';

export const loadedForOrganisation = (): string | undefined => loadedFor;

/** The address of what carries no header, a link to a file or a stream of events, with the name in it. */
export const forThisOrganisation = (path: string): string => {
  if (loadedFor === undefined) return path;
  return `${path}${path.includes('?') ? '&' : '?'}forOrganisation=${encodeURIComponent(loadedFor)}`;
};

/** Saves what stands at an address of ours, and leaves the page where it is should it be refused. */
export const startDownload = (path: string): void => {
  const link = document.createElement('a');
  link.href = forThisOrganisation(path);
  link.download = '';
  link.click();
};

/** `undefined` once nobody is signed in: whoever comes next may be of another organisation. */
export const setLoadedFor = (organisation: string | undefined): void => {
  loadedFor = organisation;
};

/** What happens when the server says that the session is in another organisation than the page. */
export const setOtherOrganisationHandler = (handler: () => void): void => {
  onOther = handler;
};

export const saidOtherOrganisation = (): void => onOther();
