/** The role that requests run as: it owns nothing, is no superuser and cannot bypass row-level security. */
export const appRole = 'throughline_app';
