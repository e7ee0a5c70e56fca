#!/usr/bin/env node
// The one file that every Node must be able to read: it looks at the version before anything newer is loaded.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 17)) {
  import('./start.js')
    .then((start) => start.default())
    .catch((error) => import('./load-failure.js').then((failure) => failure.default(error)));
} else {
  const message = `freshmaker needs Node 22.17 or newer; this is Node ${process.versions.node}.`;
  const hint = 'Install a newer one, or run ./manager of a checkout, which brings its own.';
  const argv = process.argv.slice(2);
  if (argv.indexOf('--json') >= 0) {
    process.stdout.write(`${JSON.stringify({ error: { code: 'NODE_TOO_OLD', message, hint } })}\n`);
  } else {
    process.stderr.write(`Error [NODE_TOO_OLD]: ${message} ${hint}\n`);
  }
  process.exitCode = 2;
}
