/** What is wrong with one field of an input, said so that a form can show it there. */
export interface FieldIssue {
  /** Dotted path, e.g. `intervals.2.endMinute`. */
  path: string;
  /** Key of the message in `refusals.field`. */
  code: string;
  params?: Record<string, string | number>;
}
