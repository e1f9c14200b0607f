import { expect, test } from "vitest";
import { answerOf } from "./answer-of";

const message = "Perch did not answer.";

test("an answer stays what it is", async () => {
  const refused = { ok: false as const, error: { code: "CONFLICT", message: "It is over." } };
  expect(await answerOf(Promise.resolve({ ok: true as const, data: 3 }), message)).toEqual({
    ok: true,
    data: 3,
  });
  expect(await answerOf(Promise.resolve(refused), message)).toEqual(refused);
});

test("no answer is a refusal in words, not an error that replaces the page", async () => {
  const failed = answerOf(Promise.reject(new TypeError("Failed to fetch")), message);
  expect(await failed).toEqual({ ok: false, error: { code: "UNREACHABLE", message } });
});

test("a redirect goes on", async () => {
  const redirect = Object.assign(new Error("NEXT_REDIRECT"), {
    digest: "NEXT_REDIRECT;push;/sign-in/sent;303;",
  });
  await expect(answerOf(Promise.reject(redirect), message)).rejects.toBe(redirect);
});
