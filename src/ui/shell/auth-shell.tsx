import Link from 'next/link';
import type { ReactNode } from 'react';
import { ClinicMark } from '../kit/clinic-mark.tsx';
import { ColourModeSwitch } from './colour-mode-switch.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { contentId, SkipLink } from './skip-link.tsx';

/** A calm card in the middle. Forms in it are `method="post"`: without script a password must not reach the address. */
export function AuthShell(props: { clinic: { name: string; colour: string | null }; children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <div className="flex min-h-dvh flex-col items-center px-4 py-6 sm:justify-center">
        <header className="mb-6 max-w-full">
          <Link href="/book" className="flex min-h-11 max-w-full items-center gap-3 text-ink no-underline">
            <ClinicMark {...props.clinic} />
            <span className="truncate text-lg font-semibold">{props.clinic.name}</span>
          </Link>
        </header>
        <main
          id={contentId}
          tabIndex={-1}
          className="w-full max-w-md rounded-lg border border-line bg-surface p-6 sm:p-8"
        >
          {props.children}
        </main>
        <footer className="mt-4 flex items-center">
          <LanguageSwitch />
          <ColourModeSwitch />
        </footer>
      </div>
    </>
  );
}
