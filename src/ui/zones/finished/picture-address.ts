/** A finished revision's picture; it never changes. */
export const pictureOf = (schemeId: string, number: number): string =>
  `/api/drawings/${schemeId}/${number}/picture.svg`;
