"use server";

import { z } from "zod";
import { confirmRestore } from "@/lib/domain/installation/confirm-restore";
import { action } from "@/lib/web/action";
import { platformContext } from "@/lib/web/context";

export const confirmRestoreAction = action(z.strictObject({}), async () =>
  confirmRestore(await platformContext()),
);
