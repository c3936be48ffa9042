// npm run test:security [-- --json] [--only PREFIX,PREFIX]
import { report } from '../bench/reporter.ts';

process.exit(await report(import.meta.dirname));
