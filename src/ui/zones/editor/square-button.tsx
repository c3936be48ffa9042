import type { ComponentProps } from 'react';
import { type DrawingIcon, ToolIcon } from './tool-icons.tsx';

/** 44 pixels and more, for gloves: an icon whose words are spoken, and shown on hover with the key that does the same. */
export function SquareButton({
  icon,
  label,
  keys,
  pressed,
  ...rest
}: { icon: DrawingIcon; label: string; keys?: string; pressed?: boolean } & Omit<
  ComponentProps<'button'>,
  'children' | 'aria-label' | 'title' | 'className' | 'type'
>) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      title={keys === undefined ? label : `${label} (${keys})`}
      className={`inline-grid size-11 shrink-0 cursor-pointer touch-manipulation place-items-center rounded-md border p-0 disabled:cursor-default disabled:opacity-40 ${
        pressed === true
          ? 'border-accent bg-accent-soft text-accent'
          : 'border-transparent bg-transparent text-ink enabled:hover:bg-hover'
      }`}
    >
      <ToolIcon name={icon} />
    </button>
  );
}
