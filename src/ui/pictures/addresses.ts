/** Where a picture is found, and where one is sent. */
import type { UploadQuery } from '../../domain/picture.ts';

export const pictureHref = (pictureId: string): string => `/api/pictures/${pictureId}`;
export const previewHref = (pictureId: string): string => `/api/pictures/${pictureId}?preview=1`;

export function uploadHref(query: UploadQuery): string {
  const said = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return `/api/pictures?${new URLSearchParams(said)}`;
}
