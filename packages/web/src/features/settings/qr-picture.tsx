import { encode } from 'uqr';

/** A QR code as lines of an inline picture: nothing is fetched, and the page's policy allows it. Dark on light in both themes, as readers need it. */
export const QrPicture = ({ text, label }: { text: string; label: string }) => {
  const { data, size } = encode(text, { border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} width={208} height={208}>
      <rect width={size} height={size} fill="var(--scan-ground)" />
      <path d={path} fill="var(--scan-ink)" shapeRendering="crispEdges" />
    </svg>
  );
};
