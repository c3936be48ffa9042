// npm run bench [-- --json] [--only PREFIX,PREFIX]
import { report } from './reporter.ts';

process.exit(await report(import.meta.dirname));
