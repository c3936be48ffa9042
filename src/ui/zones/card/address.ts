/** Where a drawing is looked at, and where it is drawn on. */
export const editorHref = (schemeId: string): string => `/drawings/${schemeId}`;

export const finishedHref = (schemeId: string, revision: number | null = null): string =>
  `/drawings/${schemeId}/finished${revision === null ? '' : `?revision=${revision}`}`;

/** A first draft leads to the drawing of it; what was ever finished to its picture, from where a correction is gone on with. */
export const drawingHref = (drawing: { schemeId: string; revision: number }): string =>
  drawing.revision === 0 ? editorHref(drawing.schemeId) : finishedHref(drawing.schemeId);

export const drawingsHref = (clientId: string): string => `/clients/${clientId}/drawings`;

/** The gallery with the question what to draw on; for the visit in progress, where there is one. */
export const newDrawingHref = (clientId: string, visitId: string | null = null): string =>
  `${drawingsHref(clientId)}?${new URLSearchParams({ new: '1', ...(visitId === null ? {} : { visit: visitId }) })}`;

export const compareHref = (clientId: string, left?: string, right?: string): string => {
  const query = new URLSearchParams({
    ...(left === undefined ? {} : { left }),
    ...(right === undefined ? {} : { right }),
  }).toString();
  return `${drawingsHref(clientId)}/compare${query === '' ? '' : `?${query}`}`;
};

export const regionsHref = (clientId: string, region: string | null = null): string =>
  `/clients/${clientId}/regions${region === null ? '' : `?${new URLSearchParams({ region })}`}`;
