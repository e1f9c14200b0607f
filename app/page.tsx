import { redirect } from "next/navigation";
import { paths } from "@/lib/paths";
import { getMyPlaces } from "@/lib/web/context";

/** Leads to where this person works. */
export default async function HomePage() {
  const { employers, staff, self } = await getMyPlaces();
  const [first] = employers;
  if (first) redirect(employers.length === 1 ? paths.employer(first.customerId) : paths.chooseEmployer());
  if (staff) redirect(paths.admin());
  if (self) redirect(paths.me());
  redirect(paths.signIn());
}
