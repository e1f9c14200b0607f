"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { signOut } from "@/lib/client/sign-out";

/** Signs out from a page without a shell. */
export function SignOutButton() {
  const [pending, startTransition] = useTransition();
  return (
    <Button size="sm" variant="ghost" pending={pending} onClick={() => startTransition(() => signOut())}>
      Sign out
    </Button>
  );
}
