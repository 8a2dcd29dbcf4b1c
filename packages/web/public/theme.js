// Runs before the first paint, so that a dark page never flashes white. A file of its own, because the
// content security policy refuses inline scripts. Kept in step with src/app/theme.tsx.
(() => {
  let choice = 'system';
  try {
    choice = localStorage.getItem('throughline.theme') ?? 'system';
  } catch {
    choice = 'system'; // Storage is switched off in this browser: follow the device.
  }
  const device = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const scheme = choice === 'light' || choice === 'dark' ? choice : device;
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
