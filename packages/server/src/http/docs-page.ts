import type { OpenApi, Operation } from './openapi.ts';
import { problemTable } from './problem.ts';

/** The contract as one page that needs no script: headings, routes, what they take and answer. */
export function docsPage(document: OpenApi): string {
  const groups = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? 'Other';
      groups.set(tag, [...(groups.get(tag) ?? []), operationHtml(method, path, operation)]);
    }
  }
  const sections = [...groups].map(
    ([tag, parts]) => `<section><h2 id="${anchor(tag)}">${markup(tag)}</h2>${parts.join('')}</section>`,
  );
  const index = [...groups.keys()].map((tag) => `<a href="#${anchor(tag)}">${markup(tag)}</a>`).join(' ');
  const problems = Object.entries(problemTable)
    .map(
      ([code, { status, title }]) =>
        `<tr id="${code}"><td>${status}</td><td><code>${code}</code></td><td>${markup(title)}</td></tr>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${markup(document.info.title)} API</title><link rel="stylesheet" href="/api/docs.css"></head>
<body><main><h1>${markup(document.info.title)} API</h1><p>${prose(document.info.description)}</p>
<p>For programs: <a href="/api/v1/openapi.json">openapi.json</a>. Paths stand below <code>/api/v1</code>.</p>
<nav aria-label="Groups">${index}</nav>
<section><h2>Problems</h2><table><thead><tr><th>Status</th><th>Code</th><th>Title</th></tr></thead><tbody>${problems}</tbody></table></section>
${sections.join('\n')}</main></body></html>
`;
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const parameters = operation.parameters.map(
    (one) => `<li><code>${markup(String(one.name))}</code> in ${markup(String(one.in))}</li>`,
  );
  const answers = Object.entries(operation.responses)
    .filter(([status]) => status !== 'default')
    .map(([status, answer]) => `<li><code>${status}</code> ${markup(String(answer.description))}</li>`);
  const body = operation.requestBody
    ? `<h4>Body</h4><pre tabindex="0">${markup(JSON.stringify(operation.requestBody.content, null, 1))}</pre>`
    : '';
  return `<details><summary><b>${method.toUpperCase()}</b> <code>${markup(path)}</code> ${markup(operation.summary)}</summary>
${operation.description ? `<p>${prose(operation.description)}</p>` : ''}${parameters.length > 0 ? `<h4>Parameters</h4><ul>${parameters.join('')}</ul>` : ''}${body}<h4>Answers</h4><ul>${answers.join('')}</ul></details>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markup(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

function prose(text: string): string {
  return markup(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function anchor(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

export const docsStyle = `:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
details { border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); padding: .4rem 0; }
summary { cursor: pointer; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { overflow: auto; max-height: 24rem; }
td, th { text-align: left; padding: .15rem 1rem .15rem 0; }
`;
