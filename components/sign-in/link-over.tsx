import { LinkButton } from "@/components/ui/button";
import { ThreeParts } from "@/components/ui/three-parts";
import { paths } from "@/lib/paths";

/** A link that was used, is too old, or was guessed at too often: one answer for all. */
export function LinkOver() {
  return (
    <>
      <ThreeParts
        what="This sign-in link was already used, or is older than 10 minutes."
        means="It signs nobody in any more. Your account is unchanged."
        todo="Ask for a new link. If two mails came, use the newer one."
      />
      <LinkButton href={paths.signIn()} variant="primary" className="mt-5 h-11 w-full text-base">
        Ask for a new link
      </LinkButton>
    </>
  );
}
