// Runs before the first paint, and while the application's code is still on the way. A file of its own, because the
// content security policy refuses inline scripts.

// The theme, so that a dark page never flashes white. Kept in step with src/app/theme.tsx.
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

// What the page asks first: src/api/first-answers.ts hands each answer once to whoever asks the same.
(() => {
  const { pathname, search } = location;
  if (/^\/(sign-in|password|invitation|setup|welcome)(\/|$)/.test(pathname)) return;
  const record = /^\/[a-z-]+\/[A-Z]+-\d+$/.test(pathname) && search === '';
  const paths = [
    '/session',
    '/kinds',
    ...(pathname === '/' ? ['/home'] : []),
    ...(record ? [pathname] : []),
    ...(record && pathname.startsWith('/systems/') ? [`${pathname}/trace`] : []),
  ];
  const ask = (path) => {
    const answer = fetch(`/api/v1${path}`, {
      credentials: 'same-origin',
      headers: { accept: 'application/json' },
    });
    // What failed is told to whoever takes it.
    return [
      `/api/v1${path}`,
      answer.then(
        (response) => ({ response }),
        (error) => ({ error }),
      ),
    ];
  };
  window.firstAnswers = new Map(paths.map(ask));
})();
