/**
 * The clients' end of the wire: JSON as it is, with dates and absent values in the form the server writes them.
 * The whole of superjson would be a fiftieth of what a client's phone loads, for kinds of values no answer to it holds.
 */
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function made(value: unknown, note: unknown): unknown {
  const kind = Array.isArray(note) && note.length === 1 ? note[0] : undefined;
  if (kind === 'undefined') return undefined;
  if (kind === 'Date' && typeof value === 'string') return new Date(value);
  // Better loud than wrong: whoever adds such a value to an answer learns of it here.
  throw new TypeError(
    `An answer holds a value of a kind that these pages don't read: ${JSON.stringify(note)}`,
  );
}

function read(sent: unknown): unknown {
  if (!isRecord(sent)) return undefined;
  const { json, meta } = sent;
  const notes = isRecord(meta) ? meta.values : undefined;
  if (notes === undefined) return json;
  if (Array.isArray(notes) || !isRecord(notes)) return made(json, notes);
  for (const [path, note] of Object.entries(notes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent = keys.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), json);
    if (isRecord(parent)) parent[last] = made(parent[last], note);
  }
  return json;
}

const write = (value: unknown) => ({ json: value });

export const plainTransformer = {
  input: { serialize: write, deserialize: read },
  output: { serialize: write, deserialize: read },
};
