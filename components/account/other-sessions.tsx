import { Section } from "@/components/ui/section";
import { formatCount } from "@/lib/format/money";
import { EndOthersButton, type EndOthersButtonProps } from "./end-others-button";

/** Beside the factors: whoever changes one because something was lost can throw everybody else out. */
export function OtherSessions({ count, end }: EndOthersButtonProps) {
  return (
    <Section title="Elsewhere">
      <p className="mt-2.5 mb-3 text-sm text-secondary">
        You have {formatCount(count, "other open session", "other open sessions")}. A changed factor ends none
        of them: if you lost a device, or somebody knows your codes, end them.
      </p>
      <EndOthersButton count={count} end={end} />
    </Section>
  );
}
