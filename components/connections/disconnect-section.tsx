"use client";

import { useRouter } from "next/navigation";
import { EyeOff, History, Trash2, Unplug } from "lucide-react";
import { useStepUp } from "@/components/step-up/use-step-up";
import { Button } from "@/components/ui/button";
import { ConfirmNameDialog } from "@/components/ui/confirm-name-dialog";
import { Section } from "@/components/ui/section";
import { notify } from "@/components/ui/toaster";
import { formatCount } from "@/lib/format/money";
import type { ConnectionDetailView } from "@/lib/domain/connections/views";
import type { ConnectionActions } from "./connection-actions";

interface DisconnectSectionProps {
  connection: ConnectionDetailView;
  customerId: string;
  disconnect: ConnectionActions["disconnect"];
  onDone: () => Promise<void>;
}

/** Ends the connection, after its name is typed. */
export function DisconnectSection({ connection, customerId, disconnect, onDone }: DisconnectSectionProps) {
  const router = useRouter();
  const { run, dialog } = useStepUp();
  const { id, providerName, retentionDays, people } = connection;
  if (!connection.may.disconnect) return null;
  const whose = people ? `${formatCount(people, "person’s", "people’s")} data` : "Its data";
  const kept =
    retentionDays === 0
      ? "It is deleted at once"
      : `It is deleted for good after ${formatCount(retentionDays, "day")}`;

  async function confirm(name: string): Promise<string | void> {
    const result = await run(() => disconnect({ customerId, connectionId: id, name }));
    if (!result.ok) return result.error.message;
    notify({ title: `${providerName} is disconnected`, detail: "Its data is hidden from everyone." });
    await onDone();
    router.refresh();
  }

  return (
    <Section title="Disconnect">
      <p className="my-2.5 text-sm text-secondary">
        Ends access at Finch at once and hides this connection’s data from everyone. You will be asked to type
        its name.
      </p>
      <ConfirmNameDialog
        trigger={<Button variant="danger-quiet">Disconnect {providerName}…</Button>}
        title={`Disconnect ${providerName}?`}
        consequences={[
          {
            icon: <Unplug size={14} aria-hidden="true" />,
            text: "Access at Finch ends at once; no more syncs.",
          },
          {
            icon: <EyeOff size={14} aria-hidden="true" />,
            text: `${whose} is hidden from everyone at once.`,
          },
          {
            icon: <Trash2 size={14} aria-hidden="true" />,
            text: `${kept}. Connecting again reads everything anew.`,
          },
          {
            icon: <History size={14} aria-hidden="true" />,
            text: "The audit and this page’s timeline stay.",
          },
        ]}
        name={providerName}
        confirmLabel="Disconnect"
        cancelLabel="Keep it"
        onConfirm={confirm}
      />
      {dialog}
    </Section>
  );
}
