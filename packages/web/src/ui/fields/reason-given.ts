import { createContext } from 'react';

/**
 * What the page says already, once, about why its fields cannot be changed: a field that would say the same says it to
 * screen readers alone.
 */
export const ReasonGiven = createContext<string | undefined>(undefined);
