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

// True for every answer; what needs a nonce or the settings is added to pages by src/proxy.ts.
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  },
];

/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactCompiler: true,
  headers: async () => [{ source: '/:path*', headers }],
  experimental: {
    // forbidden() answers 403 with a page of our own.
    authInterrupts: true,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@mantine/dates', '@mantine/form'],
  },
};

export default withNextIntl(config);
