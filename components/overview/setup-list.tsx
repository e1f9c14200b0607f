import { Checklist } from "@/components/ui/checklist";
import { Section } from "@/components/ui/section";
import type { SetupStep } from "@/lib/domain/overview/to-setup";
import { paths } from "@/lib/paths";

interface SetupListProps {
  customerId: string;
  steps: readonly SetupStep[];
  mayConnect: boolean;
}

const words: Record<SetupStep["key"], { label: string; hint: string }> = {
  connect: { label: "Connect payroll", hint: "Two minutes, with your provider's sign-in" },
  first_sync: { label: "First sync finished", hint: "Perch reads company, people and employment" },
  permissions: {
    label: "Everything you allowed is readable",
    hint: "Missing permissions are named with their remedy",
  },
};

/** Setup, until all of it is done. */
export function SetupList({ customerId, steps, mayConnect }: SetupListProps) {
  if (steps.length === 0) return null;
  const done = steps.filter((step) => step.done).length;
  return (
    <Section title="Set up" aside={<span className="text-muted">{`${done} of ${steps.length} done`}</span>}>
      <Checklist
        items={steps.map(({ key, done: isDone, connectionId }) => {
          const href =
            key === "connect"
              ? mayConnect
                ? paths.connections(customerId)
                : null
              : connectionId && paths.connection(customerId, connectionId);
          return { key, done: isDone, ...words[key], ...(isDone || !href ? {} : { href }) };
        })}
      />
    </Section>
  );
}
