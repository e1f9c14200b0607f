import { mailsTo, nextMailTo } from "@/e2e/fixtures";
import {
  axe,
  cardOf,
  chooseProvider,
  connectFrame,
  consent,
  currentToken,
  expect,
  expectArrived,
  findCustomerId,
  finish,
  logIn,
  readPeople,
  sandboxControl,
  test,
} from "@/e2e/support";
import { formatDate } from "@/lib/format/dates";
import { moneyParts } from "@/lib/format/money";
import { paths } from "@/lib/paths";

/** The main job, from nothing to a person's profile, as the admin of an employer that is new here. */

test("a new employer signs in by mail, connects Gusto and reads a real profile", async ({ page }) => {
  test.setTimeout(120_000);
  const admin = "admin@globex.test";
  const globex = await findCustomerId("Globex");
  const before = await mailsTo(admin);

  await test.step("ask for a link and find it in the mailbox", async () => {
    await page.goto("/");
    await expect(page).toHaveURL(/\/sign-in/);
    await page.getByLabel("Work email").fill(admin);
    await page.getByRole("button", { name: "Send me a sign-in link" }).click();
    await expect(page.getByRole("heading", { name: "Look in your mail" })).toBeVisible();
    await axe(page);
    const mail = await nextMailTo(admin, before);
    expect(mail.subject).toContain("Sign in");
    expect(mail.links.filter((link) => link.includes(paths.signInConfirm())).length).toBeGreaterThan(0);
    await page.getByRole("link", { name: "Open the local mailbox" }).click();
    await page
      .getByRole("navigation", { name: "Mails" })
      .getByRole("link", { name: new RegExp(admin) })
      .first()
      .click();
    // The frame of the newest mail is replaced by that of the chosen one.
    await expect(page).toHaveURL(new RegExp(`${paths.devMailbox()}/.+`));
    await page.frameLocator("iframe").getByRole("link", { name: "Sign in to Perch" }).click();
    await expect(page).toHaveURL(new RegExp(`${paths.signInConfirm()}\\?token=`));
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(new RegExp(`${paths.employer(globex)}$`));
  });

  await test.step("see why to connect, and open Finch Connect", async () => {
    await page.getByRole("navigation", { name: "Globex" }).getByRole("link", { name: "Connections" }).click();
    await expect(page.getByRole("heading", { name: "Connect your payroll" })).toBeVisible();
    await expect(page.getByText("Perch never sees or stores it.")).toBeVisible();
    await expect(page.getByRole("link", { name: /Skip for now/ })).toBeVisible();
    await page.getByRole("link", { name: "Choose a provider" }).click();
    await page.getByRole("button", { name: "Choose in Finch Connect" }).click();
  });

  const connectionId = await test.step("search Gusto in Connect, agree and sign in", async () => {
    const connect = connectFrame(page);
    await expect(connect.getByText("Emulator: never type real credentials")).toBeVisible();
    await consent(connect);
    await chooseProvider(connect, "Gusto");
    await logIn(connect);
    await finish(connect);
    return expectArrived(page, globex);
  });

  const token = await currentToken(globex);
  await test.step("watch the first sync on the card, also after a reload", async () => {
    await page.goto(paths.connections(globex));
    const card = cardOf(page, "Gusto");
    await expect(card).toContainText(/Syncing|Healthy/);
    await page.reload();
    await expect(card).toContainText("Healthy", { timeout: 20_000 });
    await expect(card).toContainText("20 people");

    // The answer of one step is held back, so that a person's eye has time for it, and a reload on a busy machine.
    await sandboxControl("/faults", {
      operation: "POST /employer/individual",
      token,
      times: 1,
      kind: "latency",
      ms: 8_000,
    });
    await card.getByRole("button", { name: "Sync now: Gusto" }).click();
    const progress = card.getByRole("progressbar", { name: "Sync progress" });
    await expect(card).toContainText(/Step \d+ of \d+: individual/);
    await expect(progress).toBeVisible();
    await page.reload();
    await expect(card).toContainText(/Step \d+ of \d+: individual/);
    await expect(card).toContainText("Healthy", { timeout: 20_000 });
    await card.getByRole("link", { name: "Gusto", exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`${paths.connection(globex, connectionId)}$`));
    await expect(page.getByRole("listitem").filter({ hasText: "Individual: done" })).toContainText(
      "20 people",
    );
  });

  await test.step("find everybody in the directory, and a profile with the values that Finch gave", async () => {
    const { people, employments } = await readPeople(token);
    const person = people.find(
      (each) => each.dob && each.residence?.line1 && each.ssn && !each.preferred_name,
    );
    const work = employments.find(({ id }) => id === person?.id);
    if (!person || !work) throw new Error("The sandbox has nobody with all values.");
    await page.getByRole("navigation", { name: "Globex" }).getByRole("link", { name: "Directory" }).click();
    await expect(page.getByRole("table", { name: "People" }).getByRole("row")).toHaveCount(people.length + 1);
    await page.getByRole("searchbox", { name: "Search people" }).fill(person.last_name);
    await expect(page).toHaveURL(/[?&]q=/);
    await page
      .getByRole("row")
      .filter({ hasText: person.first_name })
      .getByRole("rowheader")
      .getByRole("link")
      .click();
    const main = page.getByRole("main");
    await expect(main.getByRole("heading", { level: 1 })).toContainText(person.last_name);
    await expect(main).toContainText(formatDate(person.dob ?? ""));
    await expect(main).toContainText(person.residence?.line1 ?? "");
    await expect(main).toContainText(work.title ?? "");
    await expect(main).toContainText(work.department?.name ?? "");
    await expect(main).toContainText(formatDate(work.start_date ?? ""));
    const { whole } = moneyParts(work.income?.amount ?? 0, "USD");
    await expect(main).toContainText(whole);
    await expect(main.getByText(`ends in ${person.ssn?.slice(-4)}`)).toBeAttached();
    await expect(main).not.toContainText(person.ssn ?? "");
  });
});
