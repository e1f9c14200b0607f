import { Section } from "@/components/ui/section";

const steps = [
  "Disconnecting a connection",
  "Revealing an SSN or a bank number",
  "Giving and removing roles, recovering accounts",
  "Changing your second factors",
];

/** Beside the factors: what asks for them. */
export function SecurityWhy() {
  return (
    <Section title="What asks for it">
      <ul className="mt-2.5 grid list-disc gap-1 pl-4 text-sm text-secondary marker:text-muted">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <p className="mt-3 text-xs leading-normal text-muted">
        Once shown, it counts for 10 minutes in this session. A passkey also signs you in without a mail. A
        mailed link never counts as a second factor.
      </p>
    </Section>
  );
}
