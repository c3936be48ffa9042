// Runs before the first paint, so that nobody sees the wrong mode flash by.
const script = `try{var m=localStorage.getItem('colour-mode')}catch(e){}
document.documentElement.setAttribute('data-mantine-color-scheme',m==='dark'||(m!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches)?'dark':'light')`;

export function ColourModeScript({ nonce }: { nonce: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, let through by the page's nonce
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />;
}
