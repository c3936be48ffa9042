// Runs before the first paint, so that nobody sees the wrong colour mode flash by.
const colourMode = `try{var m=localStorage.getItem('colour-mode')}catch(e){}
document.documentElement.setAttribute('data-mantine-color-scheme',m==='dark'||(m!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches)?'dark':'light')`;

// Splits the start in two tasks, see src/instrumentation-client.ts: no stacks while React is evaluated, and an empty
// script that Next runs "before interactive", which makes it go on in another task. Without either all works, slower.
const twoTasks = `Error.stackTraceLimit=0;(self.__next_s=self.__next_s||[]).push([0,{children:''}])`;

/** What has to happen before the page's own scripts. */
export function StartScript({ nonce }: { nonce: string | undefined }) {
  const script = `${colourMode};${twoTasks}`;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, let through by the page's nonce
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />;
}
