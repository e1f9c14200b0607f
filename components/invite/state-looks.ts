import type { ShapeName } from "@/components/ui/status-shape";
import type { Tone } from "@/components/ui/tone";
import type { EmployeeView } from "@/lib/domain/invitations/list-employees";

/** How each state of an employee's access looks and reads. */
export const stateLooks: Record<EmployeeView["state"], { tone: Tone; shape: ShapeName; label: string }> = {
  active: { tone: "healthy", shape: "check", label: "Has access" },
  invited: { tone: "waiting", shape: "hourglass", label: "Invited" },
  expired: { tone: "attention", shape: "clock", label: "Not accepted in time" },
};
