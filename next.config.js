import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./i18n/request.ts')

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // The front door does it, with Brotli too.
  compress: false,
  // Types are checked once, by `npm run check`, not again by every build.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  experimental: {
    // Pages are dynamic and show live money: what was fetched a moment ago is fetched again.
    staleTimes: { dynamic: 0 },
  },
}

export default withNextIntl(config)
