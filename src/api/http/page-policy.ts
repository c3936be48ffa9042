/** What a browser may do with our pages. Pure: the proxy adds the nonce and the settings. */
interface PolicySettings {
  nonce: string;
  appUrl: string;
  /** Where the collab-servers are found, as `ws://host:port`. */
  collabUrls: readonly string[];
  development: boolean;
}

export function contentSecurityPolicy({ nonce, appUrl, collabUrls, development }: PolicySettings): string {
  const sockets = collabUrls
    .map((address) => new URL(address))
    .map(({ protocol, host }) => `${protocol}//${host}`);
  const secure = new URL(appUrl).protocol === 'https:';
  const directives = [
    "default-src 'self'",
    // React explains errors by eval while developing, never in production.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    // Drawings load their own pictures from data: and blob: addresses.
    `connect-src 'self' data: blob: ${sockets.join(' ')}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ];
  return directives.join('; ');
}

/** Pages nobody sees without an account. Only a shortcut to the sign-in page: each page asks for itself. */
const signedInPlaces = [
  '/today',
  '/calendar',
  '/clients',
  '/drawings',
  '/messages',
  '/settings',
  '/visits',
  '/me',
];

export const needsAccount = (path: string): boolean =>
  signedInPlaces.some((place) => path === place || path.startsWith(`${place}/`));
