import { recoverAccountOf } from "@/lib/domain/team/recover-account";
import { asOperator, readArguments, report } from "../lib/operator";

/** For somebody who lost the second factor: removes all of them and ends all sessions. */
export async function userRecover(args: string[]): Promise<number> {
  const { positionals } = readArguments(args, { command: "user:recover", names: ["address"] });
  const [email = ""] = positionals;
  return asOperator("user:recover", async (ctx) => {
    const { userId } = await recoverAccountOf(ctx, { email });
    report(
      `${email} has no second factor and no session any more.`,
      { user: userId },
      "The person signs in by mail and sets up a new one within 10 minutes. They and their administrators are told by mail.",
    );
  });
}
