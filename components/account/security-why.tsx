import { Section } from "@/components/ui/section";
import type { Permission } from "@/lib/auth/permissions";

interface Step {
  text: string;
  /** One of these is enough; none: everybody's. */
  needs: readonly Permission[];
}

const steps: readonly Step[] = [
  { text: "Disconnecting a connection", needs: ["connection:disconnect"] },
  { text: "Revealing an SSN", needs: ["individual:reveal_ssn", "platform:break_glass"] },
  { text: "Revealing a bank account number", needs: ["company:reveal_bank"] },
  { text: "Giving and removing roles, recovering accounts", needs: ["team:manage", "platform:users"] },
  { text: "Letting a restored copy go on", needs: ["platform:restore"] },
  { text: "Changing your second factors", needs: [] },
];

/** Beside the factors: what asks for them, of all that this person may do anywhere. */
export function SecurityWhy({ permissions }: { permissions: ReadonlySet<string> }) {
  const own = steps.filter(({ needs }) => needs.length === 0 || needs.some((need) => permissions.has(need)));
  return (
    <Section title="What asks for it">
      <ul className="mt-2.5 grid list-disc gap-1 pl-4 text-sm text-secondary marker:text-muted">
        {own.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p className="mt-3 text-xs leading-normal text-muted">
        Once shown, it counts for 10 minutes in this session. A passkey also signs you in without a mail. A
        mailed link never counts as a second factor.
      </p>
    </Section>
  );
}
