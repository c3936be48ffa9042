/** Modules around the code that must stay white for it to be found. */
const quiet = 4;

/** A row's dark runs as strokes of a path. */
function strokes(row: string, y: number): string {
  return [...row.matchAll(/1+/g)]
    .map(({ 0: run, index }) => `M${index + quiet} ${y + quiet}h${run.length}v1h-${run.length}z`)
    .join('');
}

/** Black on white in either colour mode: cameras ask for that. */
export function QrPicture({ rows, label }: { rows: readonly string[]; label: string }) {
  const size = rows.length + quiet * 2;
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="mx-auto block w-full max-w-60 rounded-md border border-line"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={rows.map(strokes).join('')} fill="#000000" />
    </svg>
  );
}
