import { ExternalLink } from "lucide-react";

/** A source outside Perch, in a tab of its own. */
export function OutsideLink({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="rounded-sm text-accent underline decoration-accent-line underline-offset-[3px] hover:text-accent-hover hover:decoration-current"
    >
      {children}
      <ExternalLink size={11} aria-hidden="true" className="ml-1 inline-block align-[-1px]" />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
