import createNextIntlPlugin from 'next-intl/plugin';

// Messages are compiled at build time: the browser then gets a formatter of about one kilobyte instead of an
// ICU parser, which is what keeps the booking pages inside their script budget.
const withNextIntl = createNextIntlPlugin({
  requestConfig: './src/i18n/request.ts',
  experimental: {
    messages: {
      path: ['./src/messages/en', './src/messages/ru'],
      format: 'json',
      locales: ['en', 'ru'],
      precompile: true,
    },
  },
});

// True for every answer; what needs a nonce is added to pages by src/proxy.ts.
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  // Addresses hold ids, and those of mails a token: other sites hear of none.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
  // Browsers heed it over TLS alone: on loopback it means nothing.
  { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains' },
];

// What isn't a page of ours shows nothing, runs nothing and is never kept.
const apiHeaders = [
  {
    key: 'Content-Security-Policy',
    value:
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  },
  { key: 'Cache-Control', value: 'no-store' },
];

// As the handler says them: what stands here would be put in their place.
const pictureHeaders = [
  { key: 'Content-Security-Policy', value: "default-src 'none'; sandbox" },
  { key: 'Cache-Control', value: 'private, no-cache' },
];

// A kept drawing holds the photograph it lies on.
const drawingHeaders = [
  {
    key: 'Content-Security-Policy',
    value: "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
  },
  { key: 'Cache-Control', value: 'private, no-store' },
];

/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactCompiler: true,
  headers: async () => [
    { source: '/:path*', headers },
    { source: '/api/:path*', headers: apiHeaders },
    { source: '/api/pictures/:pictureId', headers: pictureHeaders },
    { source: '/api/drawings/:path*', headers: drawingHeaders },
  ],
  productionBrowserSourceMaps: false,
  // Reads its own files beside it.
  serverExternalPackages: ['pdfkit'],
  experimental: {
    // forbidden() answers 403 with a page of our own.
    authInterrupts: true,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@mantine/dates', '@mantine/form'],
  },
};

export default withNextIntl(config);
