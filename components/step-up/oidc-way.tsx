"use client";

import { buttonStyles } from "@/components/ui/button";
import { paths } from "@/lib/paths";

/** Leaves for the identity provider, which asks again whatever it asks for. */
export function OidcWay() {
  const here = window.location.pathname + window.location.search;
  return (
    <div className="mb-3">
      <p className="text-sm text-secondary">
        Your organization asks you to sign in again. You come back to this page; then repeat what you were
        about to do.
      </p>
      {/* A plain link: the answer is a redirect to another origin. */}
      <a
        href={paths.oidcStepUp(here)}
        data-autofocus=""
        className={buttonStyles({ variant: "primary", size: "lg", className: "mt-4 w-full no-underline" })}
      >
        Continue with single sign-on
      </a>
    </div>
  );
}
