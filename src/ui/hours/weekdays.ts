/** 1 Monday … 7 Sunday, as ISO counts and as the clinic's week begins. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof weekdays)[number];
