/** The headers of every answer (SECURITY 7, 8). Built here, set in proxy.ts: nothing of the environment is baked in. */

interface PolicyFacts {
  nonce: string;
  /** The only other origin: Finch Connect, or the sandbox's. */
  connectUrl: string;
  mode: "local" | "server";
  /** `next dev`: hot reload evaluates code and inserts style elements of its own. */
  dev: boolean;
}

export function contentSecurityPolicy({ nonce, connectUrl, dev }: PolicyFacts): string {
  const own = `'nonce-${nonce}'`;
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": ["'self'", own, "'strict-dynamic'", ...(dev ? ["'unsafe-eval'"] : [])],
    // Elements need the nonce; attributes are what React renders for a width or a color.
    "style-src": dev ? ["'self'", "'unsafe-inline'"] : ["'self'", own],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(dev ? ["ws:"] : [])],
    "frame-src": [connectUrl],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'", connectUrl],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(" ")}`)
    .join("; ");
}

/** Passkeys and copying are ours to use; everything else is nobody's, not even the Connect frame's. */
const permissionsPolicy = [
  ...[
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
  ],
  ...["encrypted-media", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection"],
  ...[
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "storage-access",
  ],
  ...["usb", "web-share", "window-management", "xr-spatial-tracking"],
]
  .map((feature) => `${feature}=()`)
  .concat(
    ["clipboard-write", "fullscreen", "publickey-credentials-create", "publickey-credentials-get"].map(
      (feature) => `${feature}=(self)`,
    ),
  )
  .join(", ");

/** All headers of an answer that a page or a route gives. */
export function securityHeaders(facts: PolicyFacts): Record<string, string> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(facts),
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": permissionsPolicy,
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Permitted-Cross-Domain-Policies": "none",
    ...(facts.mode === "server"
      ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }
      : {}),
  };
}
