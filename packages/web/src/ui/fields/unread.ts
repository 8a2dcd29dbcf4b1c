/**
 * A field keeps what it cannot read in sight and passes nothing on, so its last value would be saved in its place.
 * Whoever saves asks here first: answers the field's reason, and brings the keys to it.
 */
export const refuseUnread = (box: HTMLElement | null): string | undefined => {
  const field = box?.querySelector<HTMLElement>('[data-unread]');
  if (field == null) return undefined;
  field.focus();
  return field.dataset.unread;
};
