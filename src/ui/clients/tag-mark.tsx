/** A tag on its hue; an access tag carries the lock in its word, not in its colour alone. */
export function TagMark({ name, hue }: { name: string; hue: number }) {
  return (
    <span
      className="inline-flex max-w-44 items-center rounded-full px-2 py-0.5 text-xs font-medium"
      style={{ backgroundColor: `var(--hue-${hue}-soft)`, color: `var(--hue-${hue}-ink)` }}
    >
      <span className="truncate">{name}</span>
    </span>
  );
}

/** As many tags as a line holds, and how many more there are. */
export function TagMarks({
  tags,
  most = 3,
}: {
  tags: readonly { tagId: string; name: string; hue: number }[];
  most?: number;
}) {
  return (
    <span className="flex flex-wrap items-center gap-1">
      {tags.slice(0, most).map(({ tagId, name, hue }) => (
        <TagMark key={tagId} name={name} hue={hue} />
      ))}
      {tags.length > most && <span className="text-xs text-soft">+{tags.length - most}</span>}
    </span>
  );
}
