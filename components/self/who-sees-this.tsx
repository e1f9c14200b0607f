import { Section } from "@/components/ui/section";

/** Where the data comes from, who can read it, and where to have it mended. */
export function WhoSeesThis({ employer, provider }: { employer: string; provider: string }) {
  return (
    <Section title="About this page">
      <div className="grid gap-2 py-3 text-sm text-secondary">
        <p>
          Perch reads this from {provider}, the system {employer} keeps it in. Perch changes nothing there.
        </p>
        <p>
          Something is wrong? Ask {employer} to mend it in {provider}; it is right here after the next sync.
        </p>
      </div>
    </Section>
  );
}
