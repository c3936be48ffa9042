import type { TemplateKey } from '../../../domain/scheme/template-key.ts';
import type { Figure } from './figure.ts';

type View =
  | 'front'
  | 'threeQuarterRight'
  | 'threeQuarterLeft'
  | 'profileRight'
  | 'profileLeft'
  | 'back'
  | 'right'
  | 'left';

export interface TemplateGroup {
  name: 'face' | 'body' | 'hand';
  views: readonly { view: View; templateKey: TemplateKey }[];
}

/** What is drawn on most stands first; views lie as one walks around the client, whose right is at the left. */
export const templateGroups = (figure: Figure): readonly TemplateGroup[] => [
  {
    name: 'face',
    views: [
      { view: 'front', templateKey: `face_front_${figure}` },
      { view: 'threeQuarterRight', templateKey: `face_three_quarter_right_${figure}` },
      { view: 'threeQuarterLeft', templateKey: `face_three_quarter_left_${figure}` },
      { view: 'profileRight', templateKey: `face_profile_right_${figure}` },
      { view: 'profileLeft', templateKey: `face_profile_left_${figure}` },
    ],
  },
  {
    name: 'body',
    views: [
      { view: 'front', templateKey: `body_front_${figure}` },
      { view: 'back', templateKey: `body_back_${figure}` },
    ],
  },
  {
    name: 'hand',
    views: [
      { view: 'right', templateKey: 'hand_right' },
      { view: 'left', templateKey: 'hand_left' },
    ],
  },
];
