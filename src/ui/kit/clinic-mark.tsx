import { firstLetter } from './person-mark.tsx';

/** Black or white, whichever reads better on a colour like `#c0ffee`. */
export function readableInk(hex: string): '#000000' | '#ffffff' {
  const channels = /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(hex)?.slice(1) ?? ['00', '00', '00'];
  const [r = 0, g = 0, b = 0] = channels.map((channel) => {
    const value = Number.parseInt(channel, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000000' : '#ffffff';
}

/** The first letter of the clinic's name on the clinic's own colour. */
export function ClinicMark({
  name,
  colour,
  size = 36,
}: {
  name: string;
  colour: string | null;
  size?: number;
}) {
  return (
    <span
      aria-hidden="true"
      className="grid shrink-0 place-items-center rounded-md bg-accent text-lg font-semibold text-on-accent select-none"
      style={{
        width: size,
        height: size,
        ...(colour === null ? {} : { backgroundColor: colour, color: readableInk(colour) }),
      }}
    >
      {firstLetter(name)}
    </span>
  );
}
