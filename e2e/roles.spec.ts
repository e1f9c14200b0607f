import { database, demoUsers, expect, readDemo, test } from "@/e2e/support";
import { paths } from "@/lib/paths";

/** What each kind of person finds, as they would look for it. */

test("somebody with two employers sees pay at one and not at the other", async ({ pageAs }) => {
  const { acme, initech } = await readDemo();
  const page = await pageAs(demoUsers.peo);
  await page.goto("/");
  await expect(page).toHaveURL(/\/e$/);
  await page
    .getByRole("main")
    .getByRole("link", { name: /Acme Inc\./ })
    .click();
  await page.getByRole("link", { name: "Directory" }).first().click();
  await expect(page.getByRole("columnheader", { name: "Income" })).toBeVisible();
  await page.goto(paths.individual(acme.customerId, acme.individualId));
  await expect(page.getByRole("table", { name: "Income history" })).toBeVisible();

  await page.getByRole("button", { name: /Acme Inc\..*switch employer/ }).click();
  await page.getByRole("menuitem", { name: /Initech/ }).click();
  await expect(page).toHaveURL(new RegExp(`${paths.employer(initech.customerId)}$`));
  await page.getByRole("link", { name: "Directory" }).first().click();
  await expect(page.getByRole("table", { name: "People" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Income" })).toHaveCount(0);
  await page.goto(paths.individual(initech.customerId, initech.individualId));
  await expect(page.getByText("Your role does not include income.")).toBeVisible();
  // Acme's person is nobody at Initech.
  await page.goto(paths.individual(initech.customerId, acme.individualId));
  await expect(page.getByRole("heading", { name: "Nothing to show here" })).toBeVisible();
});

test("a viewer and a payroll manager are offered nothing that connects or disconnects", async ({
  pageAs,
}) => {
  const { acme } = await readDemo();
  for (const role of ["viewer", "payroll"] as const) {
    const page = await pageAs(demoUsers[role]);
    await page.goto(paths.connections(acme.customerId));
    await expect(page.getByRole("heading", { name: "Gusto" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Connect another" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: /Reconnect|Sync/ })).toHaveCount(0);
    await page.goto(paths.connection(acme.customerId, acme.connectionId));
    await expect(page.getByRole("heading", { name: "Gusto", level: 1 })).toBeVisible();
    await expect(
      page.getByRole("button", { name: /Disconnect|Reconnect|Sync now|More actions/ }),
    ).toHaveCount(0);
  }
});

test("an employee finds the own profile, and no button that connects", async ({ pageAs }) => {
  const page = await pageAs(demoUsers.employee);
  await page.goto("/");
  await expect(page).toHaveURL(/\/me$/);
  const [own] = await database()<{ lastName: string }[]>`
    select i.last_name as "lastName" from user_roles r join users u on u.id = r.user_id
    join individuals i on i.customer_id = r.customer_id and i.id = r.individual_id where u.email = ${demoUsers.employee}`;
  await expect(page.getByRole("heading", { level: 1 })).toContainText(own?.lastName ?? "");
  await expect(page.getByRole("table", { name: "Income history" })).toBeVisible();
  await expect(page.getByText("This page shows its last four digits and never more.")).toBeVisible();
  await expect(page.getByRole("button", { name: /connect/i })).toHaveCount(0);
  await expect(page.getByRole("link", { name: /connect|directory/i })).toHaveCount(0);
});

for (const role of ["staff", "support"] as const) {
  test(`${role} finds every employer's connections, and nobody's people`, async ({ pageAs }) => {
    const { acme } = await readDemo();
    const page = await pageAs(demoUsers[role]);
    await page.goto("/");
    await expect(page).toHaveURL(/\/admin$/);
    await page.getByRole("link", { name: "Employers" }).first().click();
    await expect(page.getByRole("main")).toContainText("Acme Inc.");
    await expect(page.getByRole("main")).toContainText("Globex");
    await page.goto(paths.adminConnections());
    await expect(page.getByRole("main")).toContainText("Initech");
    await page.goto(paths.connection(acme.customerId, acme.connectionId));
    await expect(page.getByRole("note")).toContainText("You see Acme Inc. as staff");
    await expect(
      page.getByRole("navigation", { name: "Acme Inc." }).getByRole("link", { name: "Directory" }),
    ).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Sync now" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Disconnect/ })).toHaveCount(role === "staff" ? 1 : 0);
    await page.goto(paths.directory(acme.customerId));
    await expect(page.getByRole("heading", { name: "Nothing to show here" })).toBeVisible();
  });
}
