/** The product's mark: a thread, a station open, a station held. */
export const Mark = () => (
  <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
    <path d="M10 1.5v17" stroke="var(--accent)" strokeWidth="2.2" strokeLinecap="round" />
    <circle cx="10" cy="6.2" r="3" fill="var(--canvas)" stroke="var(--accent)" strokeWidth="2" />
    <circle cx="10" cy="14" r="3" fill="var(--accent)" />
  </svg>
);
