// Runs before the first paint, so that nobody sees the wrong colour mode flash by.
const colourMode = `try{var m=localStorage.getItem('colour-mode')}catch(e){}
document.documentElement.setAttribute('data-mantine-color-scheme',m==='dark'||(m!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches)?'dark':'light')`;

// Splits the start in two tasks, see src/instrumentation-client.ts: no stacks while React is evaluated, and an empty
// script that Next runs "before interactive", which makes it go on in another task. Without either all works, slower.
const twoTasks = `Error.stackTraceLimit=0;(self.__next_s=self.__next_s||[]).push([0,{children:''}])`;

// A press on a button React hasn't reached yet would do nothing at all: it is kept, and done as soon as React has
// (docs/decisions, "presses before the script"). Links, and forms that say where they go, work without any script.
const earlyPress = `addEventListener('click',function(e){
var b=e.target instanceof Element&&e.target.closest('button[type=button]');
if(!b||!e.isTrusted||b.disabled||b.closest('altcha-widget')||reached())return;
e.stopImmediatePropagation();
if(b.ariaBusy)return;
b.ariaBusy='true';
var left=200,timer=setInterval(function(){if(reached()||--left===0||!b.isConnected){clearInterval(timer);b.ariaBusy=null;b.click()}},50);
function reached(){return Object.keys(b).some(function(k){return k.startsWith('__reactProps')})}
},true)`;

/** What has to happen before the page's own scripts. */
export function StartScript({ nonce }: { nonce: string | undefined }) {
  const script = `${colourMode};${twoTasks};${earlyPress}`;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, let through by the page's nonce
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />;
}
