/**
 * Names for statements that come again: each line then keeps their plans. Row security makes planning dear, since policies ask tables
 * with policies of their own: finding an account by its id is planned for 4 ms and run for 0.3.
 */
/** A line keeps about 100 kB for each. */
const most = 300;
const longest = 8_000;
const plannable = /^\s*(select|insert|update|delete|with)\b/i;

/** Of the whole process: the same statement has the same name on every line. */
const names = new Map<string, string>();
/** Came once. What never comes again, such as a list of so many ids, isn't worth a plan. */
const once = new Set<string>();

/** The name to send a statement under; undefined where its plan isn't kept. */
export function planNameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= most) return known;
  if (text.length > longest || !plannable.test(text)) return undefined;
  if (!once.delete(text)) {
    if (once.size >= 4 * most) once.clear();
    once.add(text);
    return undefined;
  }
  const name = `plan_${names.size}`;
  names.set(text, name);
  return name;
}
