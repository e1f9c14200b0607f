import type { ActionResult } from "@/lib/client/action-result";
import type { OpeningKind } from "@/lib/domain/payroll/ytd/opening-input";

/** The server actions of these pages, as the pages hand them down. */

interface OpeningAmount {
  /** Minor units, as a whole number in digits. */
  amountCents: string;
  throughDate: string;
  note: string | null;
}

export interface OpeningActions {
  create: (
    input: OpeningAmount & {
      customerId: string;
      individualId: string;
      kind: OpeningKind;
      currency: string;
      year: number;
    },
  ) => Promise<ActionResult<{ id: string }>>;
  change: (
    input: OpeningAmount & { customerId: string; id: string; version: number },
  ) => Promise<ActionResult<{ changed: true }>>;
  remove: (input: {
    customerId: string;
    id: string;
    version: number;
  }) => Promise<ActionResult<{ removed: true }>>;
}

export type DecideLink = (input: {
  customerId: string;
  individualId: string;
  otherIndividualId: string;
  decision: "confirm" | "dismiss" | "undo";
  version: number;
}) => Promise<ActionResult<{ state: string }>>;
