import { z } from "zod";
import rows from "@/sandbox/data/operations.json";

const Operation = z.object({
  id: z.string(),
  auth: z.enum(["bearer", "basic", "none", "optional"]),
  /** The product a token needs; null where none is. */
  product: z.string().nullable(),
  /** How the endpoint writes its errors. */
  errors: z.enum(["plain", "triple", "context"]),
  /** Whether a body that is no JSON has the words of enrolling. */
  malformed: z.literal(true).optional(),
});
type OperationRow = z.infer<typeof Operation>;

export interface Operation extends OperationRow {
  method: string;
  path: string;
}

/** All of Finch's operations, in the order of its reference. The id is method and path. */
export const operations: Operation[] = z
  .array(Operation)
  .parse(rows)
  .map((row) => {
    const [method = "", path = ""] = row.id.split(" ");
    return { ...row, method, path };
  });
