import type { ActionResult } from "./action-result";
import { isLeaving } from "./is-leaving";

/**
 * What an action answered; where nobody did, a refusal with `message`, so that the form stays with what was typed.
 * In a transition an error would replace the page.
 * @throws the redirect of an action that leads to another page
 */
export async function answerOf<T>(
  answer: Promise<ActionResult<T>>,
  message: string,
): Promise<ActionResult<T>> {
  try {
    return await answer;
  } catch (error) {
    if (isLeaving(error)) throw error;
    return { ok: false, error: { code: "UNREACHABLE", message } };
  }
}
