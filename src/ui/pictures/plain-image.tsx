import type { ComponentProps } from 'react';

/** A picture straight from where it is: the framework's own would be made anew by a door that asks for nobody's rights, and be kept there. */
export function PlainImage({ alt, ...rest }: ComponentProps<'img'> & { alt: string }) {
  // oxlint-disable-next-line next/no-img-element -- see above
  return <img alt={alt} {...rest} />;
}
