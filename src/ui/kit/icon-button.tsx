import type { ComponentProps } from 'react';
import { Icon, type IconName } from './icons.tsx';

type IconButtonProps = { icon: IconName; label: string } & Omit<
  ComponentProps<'button'>,
  'children' | 'aria-label' | 'title' | 'className'
>;

/** A button that shows only an icon: its label is spoken and shown on hover. */
export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className="kit-control kit-square inline-grid shrink-0 cursor-pointer place-items-center rounded-md border border-transparent bg-transparent p-0 text-soft hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:opacity-55"
    >
      <Icon name={icon} />
    </button>
  );
}
