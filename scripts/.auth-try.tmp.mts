import { chromium } from "@playwright/test";
const base = process.env.BASE ?? "http://localhost:4800";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const ctx = await browser.newContext({ baseURL: base, viewport: { width: 1440, height: 900 } });
const page = await ctx.newPage();
page.setDefaultTimeout(120000);
page.on("console", (m) => {
  if (["error", "warning"].includes(m.type())) console.log("console", m.type(), m.text().slice(0, 300));
});
page.on("pageerror", (e) => console.log("pageerror", e.message.slice(0, 300)));
const shots = async (name: string, p = page) => {
  for (const [w, h] of [
    [1440, 900],
    [360, 780],
  ])
    for (const scheme of ["light", "dark"] as const) {
      await p.setViewportSize({ width: w, height: h });
      await p.emulateMedia({ colorScheme: scheme });
      await p.waitForTimeout(150);
      await p.screenshot({ path: `/tmp/shots/${name}-${scheme}-${w}.png` });
    }
  await p.setViewportSize({ width: 1440, height: 900 });
  await p.emulateMedia({ colorScheme: "light" });
};
await page.goto("/sign-in?callbackUrl=%2Fe");
await page.waitForLoadState("networkidle");
await shots("sign-in");
await page.getByLabel("Work email").fill("not an address");
await page.getByRole("button", { name: "Send me a sign-in link" }).click();
await page.getByText("That is not a mail address").waitFor();
await shots("sign-in-error");
await page.getByLabel("Work email").fill("peo@perch.test");
await page.getByRole("button", { name: "Send me a sign-in link" }).click();
await page.waitForURL("**/sign-in/sent");
await shots("sent");
await page.waitForTimeout(2500);
const link = page.getByRole("link", { name: "Open the local mailbox" });
await link.click();
await page.waitForURL("**/dev/mailbox");
await page.frameLocator("iframe").getByRole("link", { name: "Sign in to Perch" }).waitFor();
await page.waitForTimeout(500);
await shots("mailbox");
const href = await page
  .frameLocator("iframe")
  .getByRole("link", { name: "Sign in to Perch" })
  .getAttribute("href");
const other = await browser.newContext({ baseURL: base });
const p2 = await other.newPage();
p2.setDefaultTimeout(120000);
await p2.goto(href!);
await p2.getByLabel("Sign-in code").waitFor();
await p2.getByLabel("Sign-in code").fill("abcd-efgh");
await p2.getByRole("button", { name: "Sign in" }).click();
await p2.getByText("4 tries are left").waitFor();
await shots("confirm-code", p2);
await page.frameLocator("iframe").getByRole("link", { name: "Sign in to Perch" }).click();
await page.waitForURL("**/sign-in/confirm**");
await shots("confirm");
await page.getByRole("button", { name: "Sign in" }).click();
await page.waitForURL((u) => !u.pathname.startsWith("/sign-in"), { timeout: 20000 });
console.log("landed", page.url());
await page.waitForTimeout(800);
await shots("choose");
await page.goto("/sign-in");
await shots("signed-in");
await page.goto(href!);
await shots("over");
await page.goto("/e");
await page.getByRole("button", { name: "Sign out" }).click();
await page.waitForURL("**/sign-in");
console.log("cookies", (await ctx.cookies()).map((c) => c.name).join(","));
await page.goto("/e");
console.log("after sign-out", page.url());
await browser.close();
