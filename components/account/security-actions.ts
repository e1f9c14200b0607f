import type { ActionResult } from "@/lib/client/action-result";
import type { FactorKind } from "@/lib/domain/second-factor/views";

interface Factor {
  kind: FactorKind;
  id: string;
}

/** What the security page does beside setting factors up. */
export interface SecurityActions {
  rename: (input: Factor & { name: string }) => Promise<ActionResult<void>>;
  remove: (input: Factor) => Promise<ActionResult<void>>;
  renewRecoveryCodes: (input: Record<string, never>) => Promise<ActionResult<string[]>>;
}
