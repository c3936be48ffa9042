// npm run test:faults [-- --json] [--only PREFIX,PREFIX]
import { report } from '../bench/reporter.ts';

process.exit(await report(import.meta.dirname));
