/** What sources do, read from their syntax: which functions there are, what each refers to, and which actions it asks for before it goes on. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAst } from 'vitest/node';
import { actions } from '../../src/domain/access/policy.ts';
import { resolveOwn } from '../support/house-rules.ts';

export interface Node {
  readonly type: string;
  readonly [part: string]: unknown;
}

/** Path → text; made-up ones prove that the checks see something. */
export type Sources = ReadonlyMap<string, string>;

const root = path.resolve(import.meta.dirname, '../..');

export const readSources = (...patterns: string[]): Sources =>
  new Map(
    globSync(patterns, { cwd: root })
      .map((file) => file.split(path.sep).join('/'))
      .filter((file) => /\.tsx?$/.test(file))
      .sort()
      .map((file) => [file, readFileSync(path.join(root, file), 'utf8')]),
  );

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
export const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** Names of properties say nothing about what the file's own names are used for. */
const isLabel = (node: Node, part: string): boolean =>
  node.computed !== true &&
  ((node.type === 'MemberExpression' && part === 'property') ||
    (node.type === 'Property' && part === 'key' && node.shorthand !== true));

/** A node and everything in it, but for parts that `isLeftOut`. */
export function* within(
  node: Node,
  isLeftOut: (node: Node, part: string) => boolean = () => false,
): Generator<Node> {
  yield node;
  for (const [part, value] of Object.entries(node)) {
    if (isLabel(node, part) || isLeftOut(node, part)) continue;
    for (const inner of isNode(value) ? [value] : nodesIn(value)) yield* within(inner, isLeftOut);
  }
}

const branches = new Set(['consequent', 'alternate', 'right', 'block', 'handler', 'cases', 'body']);
const branching = new Set([
  'IfStatement',
  'ConditionalExpression',
  'LogicalExpression',
  'TryStatement',
  'SwitchStatement',
  'ForStatement',
  'ForOfStatement',
  'WhileStatement',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);
/** What is done whichever way a statement goes: conditions, not what hangs on them, and no function that is only made. */
export const always = (statement: Node): Node[] => [
  ...within(statement, (node, part) => branching.has(node.type) && branches.has(part)),
];

export const nameOf = (value: unknown): string | null =>
  isNode(value) && value.type === 'Identifier' && typeof value.name === 'string' ? value.name : null;
export const textOf = (value: unknown): string | null =>
  isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : null;

export interface Module {
  file: string;
  /** A local name → `file#name` of what it stands for; packages and types are left out. */
  imports: ReadonlyMap<string, string>;
  /** Values at the top of the file by their name; the default export's is `default`. */
  values: ReadonlyMap<string, Node>;
  /** What is exported → the local name behind it. */
  exports: ReadonlyMap<string, string>;
  /** A value's name → everything of ours that is referred to within it, as `file#name`. */
  references: ReadonlyMap<string, ReadonlySet<string>>;
}

function importsOf(file: string, body: readonly Node[]): Map<string, string> {
  const imports = new Map<string, string>();
  for (const statement of body) {
    if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') continue;
    const target = resolveOwn(file, textOf(statement.source) ?? '');
    if (target === undefined) continue;
    for (const specifier of nodesIn(statement.specifiers)) {
      if (specifier.importKind === 'type') continue;
      const local = nameOf(specifier.local);
      if (local !== null) imports.set(local, `${target}#${nameOf(specifier.imported) ?? 'default'}`);
    }
  }
  return imports;
}

/** What a name stands for: something imported, or something of the file's own. */
const standsFor = (
  { file, imports, values }: Omit<Module, 'references' | 'exports'>,
  name: string,
): string | null => imports.get(name) ?? (values.has(name) ? `${file}#${name}` : null);

function referencesOf(module: Omit<Module, 'references' | 'exports'>): Map<string, Set<string>> {
  const references = new Map<string, Set<string>>();
  for (const [name, value] of module.values) {
    const found = new Set<string>();
    for (const node of within(value)) {
      const target = standsFor(module, nameOf(node) ?? '');
      if (target !== null && target !== `${module.file}#${name}`) found.add(target);
    }
    references.set(name, found);
  }
  return references;
}

// Most of what is read is read again, with one file changed.
const parsed = new Map<string, Module>();

function moduleOf(file: string, source: string): Module {
  const key = `${file}\0${source}`;
  const read = parsed.get(key) ?? parse(file, source);
  parsed.set(key, read);
  return read;
}

function parse(file: string, source: string): Module {
  const program: unknown = parseAst(source, { lang: file.endsWith('x') ? 'tsx' : 'ts' });
  const body = isNode(program) ? nodesIn(program.body) : [];
  const values = new Map<string, Node>();
  const exports = new Map<string, string>();
  for (const statement of body) {
    const isDefault = statement.type === 'ExportDefaultDeclaration';
    const isNamed = statement.type === 'ExportNamedDeclaration';
    const declared = isDefault || isNamed ? statement.declaration : statement;
    for (const specifier of isNamed ? nodesIn(statement.specifiers) : [])
      exports.set(nameOf(specifier.exported) ?? '', nameOf(specifier.local) ?? '');
    if (!isNode(declared)) continue;
    const named: [string, unknown][] = isDefault
      ? [['default', declared]]
      : declared.type === 'VariableDeclaration'
        ? nodesIn(declared.declarations).map(({ id, init }) => [nameOf(id) ?? '', init])
        : [[nameOf(declared.id) ?? '', declared]];
    for (const [name, value] of named) {
      if (name === '' || !isNode(value) || /^TS.*Declaration$/.test(value.type)) continue;
      values.set(name, value);
      if (isDefault || isNamed) exports.set(name, name);
    }
  }
  const imports = importsOf(file, body);
  return { file, imports, values, exports, references: referencesOf({ file, imports, values }) };
}

export interface Code {
  modules: ReadonlyMap<string, Module>;
  /** `file#name` of everything of ours that is referred to within a value. */
  refersTo(id: string): ReadonlySet<string>;
  /** Who refers to it. */
  callersOf(id: string): readonly string[];
  /** What a name in a file stands for. */
  resolve(file: string, name: string): string | null;
  valueOf(id: string): Node | null;
  /**
   * The actions that must be allowed before it goes on: what it asks `can` for and turns back without, and what those ask to whom it
   * hands the actor on.
   */
  gatesOf(id: string): ReadonlySet<string>;
}

const everyAction: ReadonlySet<string> = new Set(actions);
const partsOf = (id: string): [file: string, name: string] => {
  const at = id.lastIndexOf('#');
  return [id.slice(0, at), id.slice(at + 1)];
};

export function readCode(sources: Sources): Code {
  const modules = new Map([...sources].map(([file, source]) => [file, moduleOf(file, source)]));
  const resolve = (file: string, name: string): string | null => {
    const found = modules.get(file);
    return found ? standsFor(found, name) : null;
  };
  const valueOf = (id: string): Node | null => {
    const [file, name] = partsOf(id);
    return modules.get(file)?.values.get(name) ?? null;
  };
  const callers = new Map<string, string[]>();
  for (const { file, references } of modules.values())
    for (const [name, found] of references)
      for (const target of found) {
        const known = callers.get(target);
        if (known) known.push(`${file}#${name}`);
        else callers.set(target, [`${file}#${name}`]);
      }

  /** The action a `can` is asked for: written out, or one of a table beside it. */
  function actionsIn(file: string, argument: unknown): string[] {
    const written = textOf(argument);
    if (written !== null) return [written];
    return isNode(argument)
      ? [...within(argument)].flatMap((node) => {
          const table = modules.get(file)?.values.get(nameOf(node) ?? '');
          return table ? [...within(table)].map(textOf).filter((text) => text !== null) : [];
        })
      : [];
  }

  function gatesOf(id: string, trail: ReadonlySet<string> = new Set()): Set<string> {
    const value = valueOf(id);
    const gates = new Set<string>();
    if (!value || trail.has(id)) return gates;
    const [file] = partsOf(id);
    for (const node of within(value)) {
      const denied = node.type === 'UnaryExpression' && node.operator === '!' ? [...within(node)] : [];
      for (const call of denied)
        if (call.type === 'CallExpression' && nameOf(call.callee) === 'can')
          for (const action of actionsIn(file, nodesIn(call.arguments)[1]))
            if (everyAction.has(action)) gates.add(action);
      if (node.type !== 'CallExpression') continue;
      if (!nodesIn(node.arguments).some((argument) => nameOf(argument) === 'actor')) continue;
      const target = resolve(file, nameOf(node.callee) ?? '');
      if (target !== null) for (const gate of gatesOf(target, new Set([...trail, id]))) gates.add(gate);
    }
    return gates;
  }

  return {
    modules,
    resolve,
    valueOf,
    gatesOf: (id) => gatesOf(id),
    refersTo: (id) => {
      const [file, name] = partsOf(id);
      return modules.get(file)?.references.get(name) ?? new Set();
    },
    callersOf: (id) => callers.get(id) ?? [],
  };
}

/** Whether a value comes by one of these, by way of whatever else it refers to among the modules that were read. */
export function reaches(code: Code, id: string, wanted: (id: string) => boolean): boolean {
  const seen = new Set<string>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next !== id && wanted(next)) return true;
    waiting.push(...code.refersTo(next));
  }
  return false;
}
