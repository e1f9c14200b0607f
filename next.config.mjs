/**
 * Holds no value of the environment: whatever is read here would be frozen into the build. Headers that depend
 * on it are set in proxy.ts, and everything else reaches the browser as props.
 * @type {import("next").NextConfig}
 */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  serverExternalPackages: [
    "postgres",
    "pino",
    "graphile-worker",
    "nodemailer",
    "exceljs",
    "@tryfinch/finch-api",
  ],
  // `npm run verify` checks the types, once for everything.
  typescript: { ignoreBuildErrors: true },
  // Addresses with a secret in their query reach no log, not even that of `npm run dev`.
  logging: { incomingRequests: { ignore: [/^\/sign-in/, /^\/api\/finch\/callback/] } },
  // No page has an image that is made smaller: whoever asks for /_next/image gets no work done.
  images: { unoptimized: true },
  experimental: { serverActions: { bodySizeLimit: "1mb" } },
};

export default config;
