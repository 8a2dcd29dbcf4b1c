/** Forms in which a statement is handed over, the most readable first. */
export const formats = ['pdf', 'docx', 'xlsx', 'csv'] as const;
