import type { ReactNode } from 'react';

/** A page outside every surface: words and one way on, without theme or script. */
export function PlainPage(props: { title: string; text: string; children?: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center px-4 py-12 text-center">
      <h1 className="text-title font-semibold">{props.title}</h1>
      <p className="mt-2 text-soft">{props.text}</p>
      <div className="mt-6">{props.children}</div>
    </main>
  );
}

export const plainButton =
  'inline-flex min-h-11 cursor-pointer items-center rounded-md bg-accent px-5 font-medium text-on-accent no-underline hover:bg-accent-hover';
