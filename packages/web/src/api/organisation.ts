/**
 * The organisation that this page was loaded for. Every request names it, so that a person who went on in another one in
 * another tab reads and writes nothing there in the belief that it is here.
 */
let loadedFor: string | undefined;
let onOther: () => void = () => undefined;

export const organisationHeader = 'x-throughline-organisation';

export const loadedForOrganisation = (): string | undefined => loadedFor;

/** `undefined` once nobody is signed in: whoever comes next may be of another organisation. */
export const setLoadedFor = (organisation: string | undefined): void => {
  loadedFor = organisation;
};

/** What happens when the server says that the session is in another organisation than the page. */
export const setOtherOrganisationHandler = (handler: () => void): void => {
  onOther = handler;
};

export const saidOtherOrganisation = (): void => onOther();
