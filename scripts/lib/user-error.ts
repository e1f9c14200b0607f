/** An expected failure with one sentence for the person at the terminal; printed without a stack. */
export class UserError extends Error {
  override name = "UserError";
}

/** Runs a script's main function and turns what it throws into an exit code and a readable line. */
export async function runMain(main: () => Promise<number | undefined>): Promise<void> {
  let code = 1;
  try {
    code = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof UserError) console.error(`\n${error.message}\n`);
    else console.error(error);
  }
  // Explicitly: a connection that is still closing must not keep a finished command alive.
  process.exit(code);
}
