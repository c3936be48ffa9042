import Link from 'next/link';
import type { ReactNode } from 'react';
import { ClinicMark } from '../kit/clinic-mark.tsx';
import { OfflineBanner } from '../kit/offline-banner.tsx';
import { Toaster } from '../kit/toaster.tsx';
import { ColourModeSwitch } from './colour-mode-switch.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { PortalBar } from './portal-bar.tsx';
import { contentId, SkipLink } from './skip-link.tsx';

/** The clinic's name and colour on top, the client's places within the thumb's reach. */
export function PortalShell(props: { clinic: { name: string; colour: string | null }; children: ReactNode }) {
  const { name, colour } = props.clinic;
  return (
    <>
      <SkipLink />
      <header
        data-print="hide"
        className="border-t-4 border-b border-t-accent border-b-line bg-surface"
        style={colour === null ? undefined : { borderTopColor: colour }}
      >
        <div className="mx-auto flex h-15 max-w-5xl items-center gap-3 px-4">
          <Link href="/book" className="flex min-h-11 min-w-0 items-center gap-3 text-ink no-underline">
            <ClinicMark name={name} colour={colour} />
            <span className="truncate text-base font-semibold">{name}</span>
          </Link>
          <PortalBar />
          <div className="ml-auto flex shrink-0 items-center md:ml-2">
            <LanguageSwitch />
            <ColourModeSwitch />
          </div>
        </div>
      </header>
      <OfflineBanner />
      <main id={contentId} tabIndex={-1} className="mx-auto max-w-5xl px-4 pt-6 pb-28 md:pb-12">
        {props.children}
      </main>
      <Toaster />
    </>
  );
}
