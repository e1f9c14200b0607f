import { ShieldCheck } from "lucide-react";
import { buttonStyles } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { paths } from "@/lib/paths";

/** To the identity provider. A plain link: fetched ahead it would begin a visit that nobody asked for. */
export function SingleSignOnLink({ callbackUrl }: { callbackUrl: string | null }) {
  return (
    <a href={paths.oidcSignIn(callbackUrl ?? undefined)} className={cn(buttonStyles(), "h-11 text-base")}>
      <ShieldCheck size={16} aria-hidden="true" />
      Continue with single sign-on
    </a>
  );
}
