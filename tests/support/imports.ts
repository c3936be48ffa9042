/** One import, export-from, dynamic import or require of a source file. */
export interface Import {
  specifier: string;
  /** Erased before running: `import type`, or nothing but `type` names. */
  typeOnly: boolean;
}

/** Finds what a TypeScript source imports; text inside of comments and templates doesn't count. */
export function importsOf(source: string): Import[] {
  const code = withoutComments(source);
  const found: Import[] = [];
  const add = (specifier: string | undefined, typeOnly: boolean) => {
    if (specifier) found.push({ specifier, typeOnly });
  };
  for (const [, keyword, clause = '', , specifier] of code.matchAll(
    /(?<![\w$.])(import|export)\b([^'"`;()=]*?)\bfrom\s*(['"])([^'"]+)\3/g,
  ))
    add(specifier, isTypeOnly(keyword ?? '', clause));
  for (const [, , specifier] of code.matchAll(/(?<![\w$.])import\s*(['"])([^'"]+)\1/g)) add(specifier, false);
  for (const [, typeQuery, , specifier] of code.matchAll(
    /(typeof\s+)?(?<![\w$.])(?:import|require)\s*\(\s*(['"`])([^'"`]+)\2/g,
  ))
    add(specifier, typeQuery !== undefined);
  return found;
}

function isTypeOnly(keyword: string, clause: string): boolean {
  if (/^\s*type\s+[\w${*]/.test(clause)) return true;
  const names = /^\s*\{([\s\S]*)\}\s*$/.exec(clause)?.[1];
  if (names === undefined || keyword !== 'import') return false;
  const each = names.split(',').filter((name) => name.trim() !== '');
  return each.length > 0 && each.every((name) => /^\s*type\s/.test(name));
}

/** Blanks out comments and the insides of templates; plain strings stay, since they hold the specifiers. */
export function withoutComments(source: string): string {
  const pattern = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return source.replace(pattern, (part) => {
    if (part.startsWith("'") || part.startsWith('"')) return part;
    if (part.startsWith('`')) return /^`[^`$\n]*`$/.test(part) ? part : '``';
    return part.replace(/[^\n]/g, ' ');
  });
}
