/** The role that requests run as: it owns nothing, is no superuser and cannot bypass row-level security. */
export const appRole = 'throughline_app';
/** The same, for whoever may not read every record of their organisation: policies of its own take rows away from it. */
export const scopedRole = 'throughline_scoped';
