/** An expected failure with one sentence for the person at the terminal; printed without a stack. */
export class UserError extends Error {
  override name = "UserError";
}

/**
 * Runs a script's main function and turns what it throws into an exit code and a readable line. A main function
 * that resolves to nothing has started something that goes on.
 */
export async function runMain(main: () => Promise<number | undefined>): Promise<void> {
  let code: number | undefined = 1;
  try {
    code = await main();
  } catch (error) {
    if (error instanceof UserError) console.error(`\n${error.message}\n`);
    else console.error(error);
  }
  // Explicitly: a connection that is still closing must not keep a finished command alive.
  if (code !== undefined) process.exit(code);
}
