import { LinkButton } from "@/components/ui/button";

/** Somebody who is signed in already came here to go on, or to be somebody else. */
export function SignedInNotice({ name, href }: { name: string; href: string }) {
  return (
    <div className="mb-5 border-b border-line pb-5">
      <p className="mb-2.5 text-sm text-secondary">
        You are signed in as <b className="font-medium text-ink [overflow-wrap:anywhere]">{name}</b>. Signing
        in with another address ends that session.
      </p>
      <LinkButton href={href}>Go on as {name}</LinkButton>
    </div>
  );
}
