import type { Metadata } from "next";
import { SheetPage } from "@/components/layout/sheet-page";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { redirect } from "next/navigation";
import { SignOutButton } from "@/components/sign-in/sign-out-button";
import { InitialsTile } from "@/components/ui/avatar";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import { listMyEmployers } from "@/lib/web/context";

export const metadata: Metadata = { title: "Choose an employer" };

/** For people with several employers: each has its own data, rights and address. */
export default async function ChooseEmployerPage() {
  const employers = await listMyEmployers();
  if (employers.length === 0) redirect(paths.home());
  return (
    <SheetPage
      title="Choose an employer"
      subtitle="You work for more than one. What you may see depends on the employer."
      width="wide"
      environment={env().FINCH_ENVIRONMENT}
      footer={<SignOutButton />}
    >
      <ul className="-mx-2 grid">
        {employers.map(({ customerId, name, roleLabels }) => (
          <li key={customerId} className="border-t border-line first:border-0">
            <Link
              href={paths.employer(customerId)}
              className="group flex min-h-14 items-center gap-3 rounded-md px-2 py-2.5 hover:bg-surface-hover"
            >
              <InitialsTile name={name} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium text-ink">{name}</span>
                <span className="block truncate text-xs text-muted">{roleLabels.join(", ")}</span>
              </span>
              <ArrowRight size={16} aria-hidden="true" className="text-muted group-hover:text-ink" />
            </Link>
          </li>
        ))}
      </ul>
    </SheetPage>
  );
}
