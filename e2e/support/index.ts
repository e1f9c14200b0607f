import type { Page } from "@playwright/test";
import { expect, runningCopy, test as base } from "@/e2e/fixtures";
import { closeDatabase } from "./database";
import { createEmployer, findUser, signInDirectly, type Employer, type SessionOptions } from "./people";

export { axe, expect, runningCopy, sandboxControl } from "@/e2e/fixtures";
export * from "./canary";
export * from "./connect";
export { countRows, database } from "./database";
export * from "./demo";
export * from "./finch";
export * from "./http";
export * from "./pay";
export * from "./people";
export * from "./sandbox";

interface StoryFixtures {
  /** An employer of this test alone, without connections. */
  employer: Employer;
  /** A page of a browser of its own that is signed in as somebody. */
  pageAs: (who: { id: string } | string, session?: SessionOptions) => Promise<Page>;
}

export const test = base.extend<StoryFixtures, { databaseClient: void }>({
  // Playwright reads fixtures off the destructured parameter, even where there is none.
  employer: async ({}, use) => use(await createEmployer()),
  pageAs: async ({ browser }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    const troubles: string[] = [];
    await use(async (who, session) => {
      const context = await browser.newContext({
        baseURL: runningCopy().url,
        viewport: { width: 1440, height: 900 },
      });
      contexts.push(context);
      await signInDirectly(context, typeof who === "string" ? (await findUser(who)).id : who.id, session);
      context.on("weberror", (error) => troubles.push(error.error().message));
      context.on("console", (message) => {
        if (/Content.Security.Policy|Hydration|hydrat/.test(message.text())) troubles.push(message.text());
      });
      return context.newPage();
    });
    expect(troubles, "errors in the browser").toEqual([]);
    await Promise.all(contexts.map((context) => context.close()));
  },
  databaseClient: [
    async ({}, use) => {
      await use();
      await closeDatabase();
    },
    { scope: "worker", auto: true },
  ],
});
