/** What a file says about itself beside its bytes. */
import { maxTitleLength } from '../../domain/picture.ts';

/** Its name without the ending; none where a camera only counted. */
export function titleOf({ name }: File): string {
  const title = name
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[_\s]+/g, ' ')
    .trim();
  return /^(img|dsc|dscn|pxl|image|photo|screenshot|dji|mvimg)?[-\s\d.]*$/i.test(title)
    ? ''
    : title.slice(0, maxTitleLength);
}

/** The local day a file was made on, which for a camera's is when it was taken; never after `today`. */
export function dayOf({ lastModified }: File, today: string): string {
  const at = new Date(lastModified);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  return day > today ? today : day;
}
