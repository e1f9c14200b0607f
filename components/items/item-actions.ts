import type { ActionResult } from "@/lib/client/action-result";
import type { ClassificationPreview, PayItemCategory } from "@/lib/domain/payroll/items/views";

interface MappingRequest {
  customerId: string;
  connectionId: string;
  category: PayItemCategory;
  name: string | null;
  finchType: string | null;
  mappedType: string;
  mappedPreTax: boolean | null;
  effectiveFrom: string | null;
  effectiveTo: string | null;
}

export interface PreviewRequest extends MappingRequest {
  /** The classification that is changed or undone; null for a new one. */
  changeId: string | null;
  undo: boolean;
}

export interface ClassifyRequest extends MappingRequest {
  note: string | null;
  change: { id: string; version: number } | null;
  acceptClosedYears: boolean;
}

/** The server actions of the items' page, as the page hands them down. */
export interface ItemActions {
  preview: (input: PreviewRequest) => Promise<ActionResult<ClassificationPreview>>;
  classify: (input: ClassifyRequest) => Promise<ActionResult<{ id: string }>>;
  undo: (input: {
    customerId: string;
    id: string;
    version: number;
    acceptClosedYears: boolean;
  }) => Promise<ActionResult<{ id: string }>>;
}
