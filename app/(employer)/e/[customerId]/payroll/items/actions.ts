"use server";

import { z } from "zod";
import { ClassifyItemInput, PreviewInput } from "@/lib/domain/payroll/items/classification-input";
import { classifyItem } from "@/lib/domain/payroll/items/classify-item";
import { previewClassification } from "@/lib/domain/payroll/items/preview-classification";
import { undoClassification, UndoClassificationInput } from "@/lib/domain/payroll/items/undo-classification";
import { action } from "@/lib/web/action";
import { employerContext } from "@/lib/web/context";

const at = { customerId: z.uuid() };

export const previewClassificationAction = action(PreviewInput.extend(at), async ({ customerId, ...input }) =>
  previewClassification(await employerContext(customerId), input),
);

export const classifyItemAction = action(ClassifyItemInput.extend(at), async ({ customerId, ...input }) =>
  classifyItem(await employerContext(customerId), input),
);

export const undoClassificationAction = action(
  UndoClassificationInput.extend(at),
  async ({ customerId, ...input }) => undoClassification(await employerContext(customerId), input),
);
