import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page } from "@playwright/test";
import { axe } from "@/e2e/fixtures/axe";
import type { OwnSandbox } from "@/e2e/support/own-sandbox";
import { call, inspect, makeCompany, tabTo, test } from "@/e2e/support/sandbox-pages";

/** The sandbox's Connect page, as an employer without any application sees it. */

test.describe("the Connect page", () => {
  /** From the page at `/`, which is where it leads back to. */
  async function openConnect(page: Page, sandbox: OwnSandbox): Promise<void> {
    await page.goto(sandbox.url);
    await page.getByRole("link", { name: "Open Connect" }).click();
    await expect(page.getByText("never type real credentials")).toBeVisible();
  }

  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

  async function logIn(page: Page, password: string): Promise<void> {
    await page.getByLabel("User name").fill("good_user");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await press(page, "Sign in");
  }

  test("is accessible at every step, and ends on the list of connections", async ({ page, sandbox }) => {
    // Six steps are inspected, each in light, in dark and on a phone.
    test.slow();
    await openConnect(page, sandbox);
    await page.getByText("Basic data, contact").click();
    await expect(page.getByText("legal name, entity type")).toBeVisible();
    await inspect(page);
    await press(page, "Agree and continue");
    await inspect(page);
    await page.getByRole("searchbox").fill("gutso");
    await expect(page.getByRole("status")).toHaveText("1 provider found");
    await page.getByRole("button", { name: "Gusto" }).click();
    await inspect(page);
    await logIn(page, "wrong");
    await expect(page.getByRole("alert")).toContainText("did not accept");
    await inspect(page);
    await logIn(page, "mfa_account_selection");
    await inspect(page);
    await page.getByRole("button", { name: "Send a new code" }).click();
    await expect(page.getByRole("status")).toContainText("A new code is on its way.");
    await page.getByLabel("Code").fill("123456");
    await press(page, "Verify");
    await page.getByRole("checkbox").nth(0).check();
    await page.getByRole("checkbox").nth(2).check();
    await inspect(page);
    await press(page, "Continue");
    await expect(page.getByRole("heading", { level: 1, name: "Gusto is connected" })).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: "Connections" })).toBeVisible();
    await expect(page).toHaveURL(`${sandbox.url}/?view=connections`);
    await expect(page.getByRole("row", { name: /Gusto/ }).getByRole("cell").nth(2)).toHaveText("2");
  });

  test("works by keyboard alone, with the focus where one looks", async ({ page, sandbox }) => {
    await openConnect(page, sandbox);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await tabTo(page, page.getByRole("button", { name: "Agree and continue" }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("searchbox")).toBeFocused();
    await page.keyboard.type("quikbooks");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("button", { name: "QuickBooks Online" })).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(page.getByRole("searchbox")).toBeFocused();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Connect QuickBooks Online" })).toBeFocused();
    await page.keyboard.press("Tab");
    await tabTo(page, page.getByRole("button", { name: "Close" }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await axe(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Close" })).toBeFocused();
  });

  test("shows what is typed where it is asked to, and keeps no password", async ({ page, sandbox }) => {
    await openConnect(page, sandbox);
    await press(page, "Agree and continue");
    await page.getByRole("button", { name: "Gusto" }).click();
    const password = page.getByLabel("Password", { exact: true });
    await password.fill("a-secret");
    await page.getByRole("button", { name: "Show what is typed" }).click();
    await expect(password).toHaveAttribute("type", "text");
    await page.getByLabel("User name").fill("locked_user");
    await press(page, "Sign in");
    await expect(page.getByRole("alert")).toContainText("Gusto has locked this login.");
    await expect(page.getByRole("alert")).toBeFocused();
    await expect(password).toHaveValue("");
    await expect(page.getByLabel("User name")).toHaveValue("locked_user");
  });

  for (const [provider, pageTitle] of [
    ["Humaans", "Connect Humaans"],
    ["Personio", "Connect Personio"],
    ["Rippling", "Connect Rippling"],
    ["ADP Total Source", "Connect ADP Total Source"],
  ] as const) {
    test(`asks in the way of ${provider}`, async ({ page, sandbox }) => {
      await openConnect(page, sandbox);
      await press(page, "Agree and continue");
      await page.getByRole("searchbox").fill(provider);
      await page
        .getByRole("button", { name: new RegExp(`^${provider}`) })
        .first()
        .click();
      await expect(page.getByRole("heading", { level: 1, name: pageTitle })).toBeVisible();
      await inspect(page);
    });
  }

  test("tells the page that frames it how it goes, and no other", async ({ page, sandbox }) => {
    const host = createServer((_request, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end(
        "<script>told = []; addEventListener('message', (e) => told.push([e.origin, e.data]))</script>",
      );
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => host.once("listening", resolve));
    const hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    await page.goto(hostUrl);
    const open = async (framedBy: string) => {
      const params = {
        client_id: "00000000-0000-4000-8000-000000000001",
        products: "company directory",
        payroll_provider: "gusto",
        state: "state-7",
        app_type: "spa",
        sdk_host_url: framedBy,
      };
      const src = `${sandbox.url}/authorize?${new URLSearchParams(params).toString()}`;
      await page.evaluate((address) => {
        const frame = document.createElement("iframe");
        frame.src = address;
        frame.width = "480";
        frame.height = "700";
        document.body.replaceChildren(frame);
      }, src);
      return page.frameLocator("iframe");
    };
    const told = () => page.evaluate(() => (Reflect.get(window, "told") as unknown[]).at(-1) ?? null);
    const name = "finch-auth-message-v2";

    const connect = await open(hostUrl);
    await connect.getByRole("button", { name: "Agree and continue" }).click();
    await connect.getByLabel("User name").fill("good_user");
    await connect.getByLabel("Password", { exact: true }).fill("wrong");
    await connect.getByRole("button", { name: "Sign in" }).click();
    const message = "Gusto did not accept this user name and password.";
    const error = { shouldClose: false, message, type: "employer_connection_error" };
    await expect.poll(told).toEqual([sandbox.url, { name, kind: "error", error }]);
    await connect.getByLabel("Password", { exact: true }).fill("good_pass");
    await connect.getByRole("button", { name: "Sign in" }).click();
    const success = { name, kind: "success", code: expect.any(String), state: "state-7" };
    await expect.poll(told).toEqual([sandbox.url, success]);

    const again = await open(hostUrl);
    await again.getByRole("button", { name: "Close" }).click();
    await again.getByRole("button", { name: "Leave" }).click();
    await expect.poll(told).toEqual([sandbox.url, { name, kind: "closed" }]);

    await page.evaluate(() => (Reflect.get(window, "told") as unknown[]).splice(0));
    const refused = page.waitForEvent("console", (said) => said.text().includes("frame-ancestors 'none'"));
    await open("https://elsewhere.example");
    await refused;
    expect(await told()).toBeNull();
    host.close();
    host.closeAllConnections();
  });

  test("says what broke when it is opened to reconnect", async ({ page, sandbox }) => {
    const company = await makeCompany(sandbox, { customer_name: "Larkspur Dental Group" });
    await call(sandbox, company, "/employer/company");
    await sandbox.control(`/connections/${company.connection_id}`, { status: "reauth" }, "PUT");
    await page.goto(sandbox.url);
    const href = await page.getByRole("link", { name: "Open Connect" }).getAttribute("href");
    await page.goto(`${sandbox.url}${href}&connection_id=${company.connection_id}`);
    await expect(page.getByRole("heading", { level: 1, name: "Reconnect Gusto" })).toBeVisible();
    await expect(page.getByText("Gusto no longer accepts the saved sign-in.")).toBeVisible();
    await inspect(page);
    await press(page, "Agree and continue");
    await expect(page.getByLabel("User name")).toBeVisible();
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("Connect is a row of plain forms, search included", async ({ page, sandbox }) => {
    const query = new URLSearchParams({
      client_id: "00000000-0000-4000-8000-000000000001",
      products: "company directory",
      redirect_uri: `${sandbox.url}/`,
    });
    await page.goto(`${sandbox.url}/authorize?${query.toString()}`);
    await page.getByRole("button", { name: "Agree and continue" }).click();
    await page.getByRole("searchbox").fill("paylocty");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("button", { name: "Paylocity" }).click();
    await page.getByLabel("User name").fill("good_user");
    await page.getByLabel("Password").fill("good_pass");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("link", { name: "Return to Perch" })).toBeVisible();
  });
});
