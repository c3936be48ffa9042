/** Which fonts pictures and PDFs are written in: those that come with the product, wherever it runs. */
import path from 'node:path';

const root = process.cwd();

export const fontFiles = {
  regular: path.join(root, 'node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: path.join(root, 'node_modules/dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
} as const;

/** The library that draws letters asks the environment where its settings are, as it draws the first one. */
export function ensureFonts(): void {
  process.env.FONTCONFIG_FILE ??= path.join(root, 'src/server/schemes/fonts.conf');
}
