// Finds a lockfile that names platform packages (native binaries) it doesn't contain: such a lock installs
// here and fails on another machine. Run it after every change to package-lock.json.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const missing = [];
for (const [place, { version, optionalDependencies = {} }] of Object.entries(packages))
  for (const [name, range] of Object.entries(optionalDependencies))
    if (!packages[`node_modules/${name}`] && !packages[`${place}/node_modules/${name}`])
      missing.push(`${place.replace('node_modules/', '')} ${version} → ${name}@${range}`);

for (const line of missing) console.error(`missing: ${line}`);
console.log(missing.length === 0 ? 'The lockfile is complete.' : `${missing.length} packages are missing.`);
process.exit(missing.length === 0 ? 0 : 1);
