import { LinkButton } from "@/components/ui/button";
import { ThreeParts } from "@/components/ui/three-parts";
import { paths } from "@/lib/paths";

/** A link that was used, taken back, is too old, or never was: one answer for all. */
export function InvitationOver({ signedIn }: { signedIn: boolean }) {
  return (
    <>
      <ThreeParts
        what="This invitation was used, was taken back, or is older than 72 hours."
        means="It opens nothing any more. Whoever accepted it before has access already."
        todo="Did you accept it? Sign in with your address. Else ask the administrator who invited you for a new one."
      />
      <LinkButton
        href={signedIn ? paths.home() : paths.signIn()}
        variant="primary"
        className="mt-5 h-11 w-full text-base"
      >
        {signedIn ? "Go to Perch" : "Sign in"}
      </LinkButton>
    </>
  );
}
