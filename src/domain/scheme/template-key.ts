/** What a scheme is drawn over: one of the clinic's line drawings, or a picture of its own. */
const faces = [
  'front',
  'three_quarter_left',
  'three_quarter_right',
  'profile_left',
  'profile_right',
] as const;
const builds = ['female', 'male'] as const;

export type TemplateKey =
  | `face_${(typeof faces)[number]}_${(typeof builds)[number]}`
  | `body_${'front' | 'back'}_${(typeof builds)[number]}`
  | `hand_${'left' | 'right'}`;

export const templateKeys: readonly TemplateKey[] = [
  ...builds.flatMap((build) => faces.map((face) => `face_${face}_${build}` as const)),
  ...builds.flatMap((build) => (['front', 'back'] as const).map((side) => `body_${side}_${build}` as const)),
  'hand_left',
  'hand_right',
];

export const isTemplateKey = (text: string): text is TemplateKey =>
  (templateKeys as readonly string[]).includes(text);

/** Every template and picture is so wide on the page; its height follows from its own proportions. */
export const pageWidthUnits = 1000;
