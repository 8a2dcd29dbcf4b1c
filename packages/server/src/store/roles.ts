/** The role that requests run as: it owns nothing, is no superuser and cannot bypass row-level security. */
export const appRole = 'throughline_app';
/** The same, for whoever may not read every record of their organisation: policies of its own take rows away from it. */
export const scopedRole = 'throughline_scoped';
/** The same, for everybody else where kinds are sealed: what they are no party of is taken away, and nothing more. */
export const sealedRole = 'throughline_sealed';

/** The role by what a transaction shows of an organisation. */
export const roleOf = { whole: appRole, sealed: sealedRole, scoped: scopedRole } as const;
