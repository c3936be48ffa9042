/** Who looks at the booking pages, as far as they need to know. */
export type Visitor =
  | { kind: 'nobody' }
  | { kind: 'client'; firstName: string; email: string }
  /** Staff book in the calendar: here there would be no client to book for. */
  | { kind: 'staff' };
