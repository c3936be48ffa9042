/** Which templates come with the product. Left and right are the client's own, as in every chart. */
import { z } from 'zod';

export const templateKeys = [
  'face_front_female',
  'face_front_male',
  'face_three_quarter_left_female',
  'face_three_quarter_left_male',
  'face_three_quarter_right_female',
  'face_three_quarter_right_male',
  'face_profile_left_female',
  'face_profile_left_male',
  'face_profile_right_female',
  'face_profile_right_male',
  'body_front_female',
  'body_front_male',
  'body_back_female',
  'body_back_male',
  'hand_left',
  'hand_right',
] as const;
export const templateKey = z.enum(templateKeys);
export type TemplateKey = (typeof templateKeys)[number];

/** Every template and picture is so wide on the page, whatever its size elsewhere. */
export const pageWidthUnits = 1_000;
