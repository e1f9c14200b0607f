import { randomBytes } from "node:crypto";

interface PagePolicy {
  /** Who may show the page in a frame; nobody without it. */
  frameAncestors?: string;
  /** Where forms may lead beyond this origin. */
  formTargets?: string[];
  /** Whether scripts may ask this origin for more. */
  connects?: boolean;
}

/** Answers with a page that runs nothing but its own, by a nonce that no other answer has. */
export function pageResponse(
  status: number,
  policy: PagePolicy,
  render: (nonce: string) => unknown,
): Response {
  const nonce = randomBytes(16).toString("base64");
  const directives = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src data:",
    ...(policy.connects ? ["connect-src 'self'"] : []),
    `form-action ${["'self'", ...(policy.formTargets ?? [])].join(" ")}`,
    `frame-ancestors ${policy.frameAncestors ?? "'none'"}`,
    "base-uri 'none'",
  ];
  return new Response(String(render(nonce)), {
    status,
    headers: {
      "Content-Security-Policy": directives.join("; "),
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    },
  });
}
