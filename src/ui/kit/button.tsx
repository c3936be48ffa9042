import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

const kinds: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  secondary: 'bg-surface text-ink hover:bg-hover border-line-strong',
  quiet: 'bg-transparent text-accent hover:bg-accent-soft border-transparent',
  danger: 'bg-danger text-on-danger hover:opacity-90 border-transparent',
};

interface Look {
  kind?: ButtonKind;
  icon?: IconName;
  /** As wide as its place. */
  wide?: boolean;
}

const look = ({ kind = 'primary', wide = false }: Look): string =>
  `kit-control inline-flex cursor-pointer items-center justify-center gap-2 rounded-md border px-4 text-base font-semibold whitespace-nowrap no-underline select-none disabled:cursor-not-allowed disabled:opacity-55 ${kinds[kind]} ${wide ? 'w-full' : ''}`;

type ButtonProps = Look & { loading?: boolean; children: ReactNode } & Omit<
    ComponentProps<'button'>,
    'className' | 'style'
  >;

/**
 * The clients' button, drawn like the library's without its script; staff pages may use either. While `loading`
 * it keeps its width and takes no second press.
 */
export function Button({ kind, icon, wide, loading = false, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || loading}
      aria-busy={loading || undefined}
      className={look({ kind, wide })}
    >
      {loading ? <span className="kit-spinner" /> : icon !== undefined && <Icon name={icon} size={18} />}
      {children}
    </button>
  );
}

/** A way to another page that looks like a button. */
export function ButtonLink({
  kind,
  icon,
  wide,
  href,
  children,
}: Look & { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={look({ kind, wide })}>
      {icon !== undefined && <Icon name={icon} size={18} />}
      {children}
    </Link>
  );
}
