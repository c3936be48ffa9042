/** What the door for files answers: where to go on, or why not. One schema for the door and the page. */
import { z } from 'zod';
import type { Refusal } from './refusal.ts';

const coded = z.object({ code: z.string() });

export const uploadAnswer = z.union([
  z.object({ batchId: z.string() }),
  z.object({ refusal: z.custom<Refusal>((value) => coded.safeParse(value).success) }),
]);
export type UploadAnswer = z.infer<typeof uploadAnswer>;
