import { ensureCustomer } from "@/lib/domain/customers/ensure-customer";
import { asOperator, readArguments, report } from "../lib/operator";

/** Creates an employer, or says that one of exactly this name is there. */
export async function customerCreate(args: string[]): Promise<number> {
  const { positionals, values } = readArguments(args, {
    command: "customer:create",
    names: ["name"],
    options: ["time-zone"],
  });
  const [name = ""] = positionals;
  const timeZone = values["time-zone"];
  return asOperator("customer:create", async (ctx) => {
    const made = await ensureCustomer(ctx, { name, ...(timeZone === undefined ? {} : { timeZone }) });
    report(
      made.created ? `${made.name} is created.` : `${made.name} is there already. Nothing changed.`,
      { customer: made.id },
      made.created
        ? `Give it an administrator: npm run perch -- user:grant <address> employer_admin ${made.id}`
        : undefined,
    );
  });
}
