import { Section } from "@/components/ui/section";

/** Where the data comes from, who can read it, and where to have it mended. */
export function WhoSeesThis({ employer, provider }: { employer: string; provider: string }) {
  return (
    <Section title="About this page">
      <div className="grid gap-2 py-3 text-sm text-secondary">
        <p>
          This comes from {provider}, where {employer} keeps it. Perch only reads it and changes nothing
          there.
        </p>
        <p>
          Is something wrong? Ask {employer} to correct it in {provider}; this page follows with the next
          sync.
        </p>
      </div>
    </Section>
  );
}
