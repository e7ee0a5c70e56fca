// `node installed.cjs ROOT` exits 0 when npm has installed exactly what package-lock.json of ROOT says.
// Runs on any Node.js, since it runs before there is a newer one.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = process.argv[2];
const packagesOf = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8')).packages;

const wanted = packagesOf('package-lock.json');
const installed = packagesOf('node_modules', '.package-lock.json');

const isInstalled = (path) => {
  const { version, integrity, optional, devOptional } = wanted[path];
  const found = installed[path];
  if (!found) return Boolean(optional || devOptional); // Made for other machines.
  return found.version === version && found.integrity === integrity;
};
const isPackage = (path) => path !== '';

process.exitCode = Object.keys(wanted).filter(isPackage).every(isInstalled) ? 0 : 1;
