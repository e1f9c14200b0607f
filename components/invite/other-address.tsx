"use client";

import { useTransition } from "react";
import { Banner } from "@/components/ui/banner";
import { Button, LinkButton } from "@/components/ui/button";
import { signOut } from "@/lib/client/sign-out";
import { paths } from "@/lib/paths";

/** Somebody else is signed in here: an invitation is never added to another account. */
export function OtherAddress({
  signedInAs,
  maskedAddress,
}: {
  signedInAs: string | null;
  maskedAddress: string;
}) {
  const [pending, startTransition] = useTransition();
  return (
    <>
      <Banner tone="attention" stacked title="You are signed in with another address">
        This browser is signed in as <b className="font-medium">{signedInAs ?? "somebody else"}</b>. The
        invitation is for {maskedAddress} alone, and is not added to another account.
      </Banner>
      <Button
        variant="primary"
        className="h-11 text-base"
        pending={pending}
        pendingLabel="Signing out"
        onClick={() => startTransition(() => signOut(window.location.pathname))}
      >
        Sign out and come back here
      </Button>
      <LinkButton href={paths.home()} className="h-11 text-base">
        Leave it, and go on as you are
      </LinkButton>
    </>
  );
}
