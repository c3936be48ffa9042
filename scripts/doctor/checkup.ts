/** All of it, in the order in which one would mend it. */
import { lookAtDatabase } from './database.ts';
import type { Finding, Setup } from './finding.ts';
import { lookAtDemo, lookAtDisk, lookAtFiles, lookAtProxies, lookAtSettings } from './machine.ts';
import { lookAtAddress, lookAtMail } from './outside.ts';

/** Looks at a deployment and changes nothing. Promises a finding for each thing looked at, whatever is broken. */
export async function checkup(setup: Setup): Promise<Finding[]> {
  const [database, address, mail] = await Promise.all([
    lookAtDatabase(setup),
    lookAtAddress(setup),
    lookAtMail(setup),
  ]);
  return [
    ...lookAtSettings(setup),
    ...lookAtFiles(setup),
    ...lookAtDisk(setup),
    ...database,
    ...address,
    ...lookAtProxies(setup),
    ...mail,
    ...lookAtDemo(setup),
  ];
}
