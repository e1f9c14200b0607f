import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { expect, type Page } from "@playwright/test";
import { axe } from "@/e2e/fixtures/axe";
import { call, inspect, makeCompany, phone, tabTo, test } from "@/e2e/support/sandbox-pages";

/** The sandbox's page for people at `/`: what is in it, and a button for what commonly happens. */

test.describe("the page at /", () => {
  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
  const toast = (page: Page, text: RegExp | string) => page.getByRole("status").filter({ hasText: text });

  test("starts empty, and a company made there is listed with its token shown once", async ({
    page,
    sandbox,
  }) => {
    await page.goto(sandbox.url);
    await expect(page.getByText("Nobody is connected yet")).toBeVisible();
    await inspect(page);
    await page.getByRole("button", { name: "New company…" }).click();
    const dialog = page.getByRole("dialog", { name: "New company" });
    await dialog.getByLabel("Provider").selectOption("Rippling");
    await dialog.getByLabel("People").fill("25000");
    await dialog.getByLabel("Employer’s name").fill("Meridian Roofing");
    await axe(page);
    await dialog.getByRole("button", { name: "Create" }).click();
    await expect(dialog.getByText("Access token")).toBeVisible();
    await dialog.getByRole("button", { name: "Close" }).click();
    const row = page.getByRole("row", { name: /Meridian Roofing/ });
    await expect(row).toContainText("25,000");
    await expect(row).toContainText("Connected");
  });

  test("leads from the list to a connection", async ({ page, sandbox }) => {
    await makeCompany(sandbox, { customer_name: "Meridian Roofing" });
    await makeCompany(sandbox, { customer_name: "Saltmarsh Brewing", provider_id: "bob" });
    await page.goto(sandbox.url);
    const row = page.getByRole("row", { name: /Meridian Roofing/ });
    await expect(row).toBeVisible();
    await inspect(page);
    await page.getByRole("searchbox", { name: "Search connections" }).fill("meridian");
    await expect(page.getByText("1 of 2")).toBeVisible();
    await row.getByRole("link", { name: "Meridian Roofing" }).click();
    await expect(heading(page, "Meridian Roofing")).toBeFocused();
    await inspect(page);
  });

  test("lets common things happen at a connection, and the API sees them", async ({ page, sandbox }) => {
    const company = await makeCompany(sandbox, { customer_name: "Larkspur Dental Group" });
    await page.goto(`${sandbox.url}/?view=connection&id=${company.connection_id}`);
    await page.getByRole("button", { name: "Employee hired" }).click();
    await expect(toast(page, /was hired as/)).toBeVisible();
    await expect(page.getByText("21 people")).toBeVisible();
    await page.getByRole("button", { name: "Raise", exact: true }).click();
    await expect(toast(page, /now earns/)).toBeVisible();
    await page.getByRole("button", { name: "Termination" }).click();
    await expect(toast(page, /left today/)).toBeVisible();
    await page.getByRole("button", { name: "Sync now" }).click();
    await expect
      .poll(async () => (await (await call(sandbox, company, "/employer/directory")).json()).paging.count)
      .toBe(21);

    for (const [button, status, answer] of [
      ["Breaks: reauthenticate", "Reauthenticate", 401],
      ["Breaks: permissions", "Permissions missing", 403],
      ["Breaks: no account", "No account set up", 401],
    ] as const) {
      await page.getByRole("button", { name: button }).click();
      await expect(page.getByText(status).first()).toBeVisible();
      await expect.poll(async () => (await call(sandbox, company, "/employer/company")).status).toBe(answer);
    }
    await page.getByRole("button", { name: "Works again" }).click();
    await expect.poll(async () => (await call(sandbox, company, "/employer/company")).status).toBe(200);
  });

  test("finishes an assisted setup", async ({ page, sandbox }) => {
    const company = await makeCompany(sandbox, { provider_id: "adp_total_source" });
    await page.goto(`${sandbox.url}/?view=connection&id=${company.connection_id}`);
    await expect(page.getByText("Pending").first()).toBeVisible();
    expect((await call(sandbox, company, "/employer/company")).status).toBe(202);
    await page.getByRole("button", { name: "Assisted setup finishes" }).click();
    await expect(page.getByText("Connected", { exact: true }).first()).toBeVisible();
    expect((await call(sandbox, company, "/employer/company")).status).toBe(200);
  });

  test("finds one of 25,000 people, and what happens to that person", async ({ page, sandbox }) => {
    const company = await makeCompany(sandbox, { people: 25_000 });
    await page.goto(`${sandbox.url}/?view=connection&id=${company.connection_id}`);
    await expect(page.getByText("1 to 25 of 25,000")).toBeVisible();
    await page.getByRole("searchbox", { name: "Search people" }).fill("chief executive");
    await expect(page.getByText(/^1 found/)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("searchbox", { name: "Search people" })).toBeFocused();
    const [row] = await page.getByRole("row", { name: /Chief Executive Officer/ }).all();
    await row?.getByRole("button", { name: /^Terminate / }).click();
    await expect(toast(page, /left today/)).toBeVisible();
    await expect(page.getByRole("row", { name: /Chief Executive Officer/ })).toContainText("terminated");
    await page.getByRole("searchbox", { name: "Search people" }).fill("nobody at all");
    await expect(page.getByText("Nobody fits “nobody at all”")).toBeVisible();
  });

  test("shows requests as they come, with bodies and without secrets", async ({ page, sandbox }) => {
    const company = await makeCompany(sandbox);
    await page.goto(`${sandbox.url}/?view=requests`);
    await expect(page.getByText("No request yet")).toBeVisible();
    await call(sandbox, company, "/employer/directory?limit=2");
    await call(sandbox, company, "/employer/company");
    await fetch(`${sandbox.url}/employer/company`);
    const table = page.getByRole("region", { name: "Requests" });
    await expect(table.getByRole("row")).toHaveCount(4);
    await inspect(page);
    await page.getByLabel("Answers").selectOption("4xx");
    await expect(table.getByRole("row")).toHaveCount(2);
    await page.getByLabel("Answers").selectOption("All answers");
    await table.getByRole("link", { name: /directory/ }).click();
    await expect(heading(page, "GET /employer/directory")).toBeVisible();
    await expect(page.getByRole("region", { name: "Answer" })).toContainText('"individuals"');
    await expect(page.getByRole("region", { name: "Request headers" })).toContainText("Bearer [redacted]");
    expect(await page.content()).not.toContain(company.access_token);
    await inspect(page);
    await page.goBack();
    await expect(heading(page, "Requests")).toBeVisible();
  });

  test("registers an endpoint, sends it a test event and what happens", async ({ page, sandbox }) => {
    const received: string[] = [];
    const server = createServer((request, response) => {
      received.push(String(request.headers["finch-event-id"]));
      request.resume();
      response.end();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/finch`;

    await page.goto(`${sandbox.url}/?view=webhooks`);
    await page.getByLabel("URL").fill("https://elsewhere.example/");
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("is not on this machine");
    await page.getByLabel("URL").fill(url);
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await expect(page.getByText("Secret", { exact: true }).last()).toBeVisible();
    await page.getByRole("button", { name: `Send test event to ${url}` }).click();
    const deliveries = page.getByRole("region", { name: "Deliveries" });
    await expect(deliveries.getByRole("row", { name: /Delivered/ })).toHaveCount(1);
    await makeCompany(sandbox);
    await expect(deliveries.getByRole("row", { name: /account\.updated/ })).toContainText("Delivered");
    await inspect(page);
    await deliveries.getByRole("button", { name: "Send again: account.updated" }).click();
    await expect(deliveries.getByRole("row", { name: /account\.updated/ })).toHaveCount(2);
    expect(new Set(received).size).toBeLessThan(received.length);
    await deliveries.getByRole("link", { name: "account.updated" }).first().click();
    await expect(page.getByRole("region", { name: "Body of the event" })).toContainText(
      "authentication_method",
    );
    await inspect(page);
    server.close();
    server.closeAllConnections();
  });

  test("orders a fault that meets so many requests, and takes it back", async ({ page, sandbox }) => {
    const company = await makeCompany(sandbox);
    await page.goto(`${sandbox.url}/?view=faults`);
    await page.getByLabel("Operation").selectOption("GET /employer/company");
    await page.getByLabel("Status").selectOption("502");
    await page.getByLabel("For how many requests").fill("2");
    await page.getByRole("button", { name: "Order the fault" }).click();
    const row = page.getByRole("row", { name: /GET \/employer\/company/ });
    await expect(row).toContainText("2 requests");
    await inspect(page);
    expect((await call(sandbox, company, "/employer/company")).status).toBe(502);
    await expect(row).toContainText("1 request");
    await row.getByRole("button", { name: /Remove/ }).click();
    await expect(page.getByText("Nothing is ordered to go wrong")).toBeVisible();
  });

  test("freezes and moves the clock, loads the cases and starts again", async ({ page, sandbox }) => {
    await page.goto(`${sandbox.url}/?view=clock`);
    await page.getByRole("button", { name: "Freeze" }).click();
    await expect(page.getByText("Frozen", { exact: true })).toBeVisible();
    const before = (await sandbox.control("/clock")) as { now: string };
    await page.getByRole("button", { name: "+1 week" }).click();
    const weekMs = 7 * 86_400_000;
    await expect
      .poll(async () => Date.parse(((await sandbox.control("/clock")) as { now: string }).now))
      .toBe(Date.parse(before.now) + weekMs);
    await inspect(page);
    await page.getByRole("link", { name: "Cases", exact: true }).click();
    await page.getByRole("button", { name: "Load the cases…" }).click();
    await axe(page);
    await page.getByRole("dialog").getByRole("button", { name: "Load", exact: true }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("row").nth(1).getByRole("link")).toBeVisible();
    await inspect(page);
    await page.getByRole("link", { name: "Clock and state" }).click();
    await page.getByRole("button", { name: "Reset…" }).click();
    await page.getByLabel("Seed").fill("default");
    await page.getByRole("dialog").getByRole("button", { name: "Reset", exact: true }).click();
    await page.getByRole("link", { name: "Connections", exact: true }).click();
    await expect(page.getByText("Nobody is connected yet")).toBeVisible();
  });

  test("tells how to connect code, in commands that work", async ({ page, sandbox }) => {
    await page.goto(`${sandbox.url}/?view=start`);
    const commands = await page.getByRole("region", { name: "curl commands" }).innerText();
    const { stdout } = await promisify(execFile)("sh", ["-c", commands]);
    expect(JSON.parse(stdout)).toMatchObject({ paging: { count: 20 } });
    await inspect(page);
  });

  test("works by keyboard alone", async ({ page, sandbox }) => {
    await makeCompany(sandbox, { customer_name: "Larkspur Dental Group" });
    await page.goto(sandbox.url);
    await expect(page.getByRole("row", { name: /Larkspur/ })).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
    await tabTo(page, page.getByRole("link", { name: "Larkspur Dental Group" }));
    await page.keyboard.press("Enter");
    await expect(heading(page, "Larkspur Dental Group")).toBeFocused();
    const hire = page.getByRole("button", { name: "Employee hired" });
    await tabTo(page, hire);
    await page.keyboard.press("Enter");
    await expect(toast(page, /was hired/)).toBeVisible();
    await expect(hire).toBeFocused();
  });

  test("has its navigation behind a button on a phone", async ({ page, sandbox }) => {
    await page.setViewportSize(phone);
    await page.goto(sandbox.url);
    await expect(page.getByRole("link", { name: "Faults" })).toBeHidden();
    await page.getByRole("button", { name: "Menu" }).click();
    await axe(page);
    await page.getByRole("link", { name: "Faults" }).click();
    await expect(heading(page, "Faults")).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Sandbox" })).toBeHidden();
  });

  test("stands still while updates are paused, and says when the sandbox is away", async ({
    page,
    sandbox,
  }) => {
    await page.goto(`${sandbox.url}/?view=connections`);
    await expect(page.getByText("Nobody is connected yet")).toBeVisible();
    const pause = page.getByRole("button", { name: "Pause updates" });
    await pause.click();
    await expect(pause).toHaveAttribute("aria-pressed", "true");
    await makeCompany(sandbox, { customer_name: "Larkspur Dental Group" });
    await pause.click();
    await expect(page.getByRole("row", { name: /Larkspur/ })).toBeVisible();
    await page.route("**/_sandbox/console*", (route) => route.abort());
    await expect(heading(page, "The sandbox does not answer")).toBeVisible();
    await axe(page);
    await page.unrouteAll();
    await expect(page.getByRole("row", { name: /Larkspur/ })).toBeVisible();
  });

  test("asks for the key where it may not control the sandbox without one", async ({ page, sandbox }) => {
    const keys: (string | undefined)[] = [];
    await page.route("**/_sandbox/console*", (route) => {
      keys.push(route.request().headers()["x-sandbox-key"]);
      return keys.at(-1)
        ? route.continue()
        : route.fulfill({ status: 403, json: { error: "control is for this machine only, or with a key" } });
    });
    await page.goto(sandbox.url);
    await expect(heading(page, "This sandbox is not yours to control from here")).toBeVisible();
    await axe(page);
    await page.getByLabel("Control key").fill("a-key");
    await page.getByRole("button", { name: "Use it" }).click();
    await expect(heading(page, "Connections")).toBeVisible();
    expect(keys.at(-1)).toBe("a-key");
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the page at / says why it needs them", async ({ page, sandbox }) => {
    await page.goto(sandbox.url);
    await expect(page.getByRole("heading", { name: "This page needs its script" })).toBeVisible();
  });
});
