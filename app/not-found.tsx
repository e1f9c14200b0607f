import { connection } from "next/server";
import { SheetPage } from "@/components/layout/sheet-page";
import { LinkButton } from "@/components/ui/button";
import { ThreeParts } from "@/components/ui/three-parts";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";

export const metadata = { title: "Nothing to show here" };

// The same words whether it is gone, never was, or belongs to somebody else.
export default async function NotFound() {
  // Read at the request: nothing of the environment may be frozen into the build.
  await connection();
  return (
    <SheetPage title="Nothing to show here" width="wide" environment={env().FINCH_ENVIRONMENT}>
      <ThreeParts
        what="This address leads to nothing that you can open."
        means="It may be mistyped or out of date, or need another account. Nothing was changed."
        todo="Go to your start page, or ask whoever sent you the link."
      />
      <div className="mt-5 flex flex-wrap gap-2">
        <LinkButton href={paths.home()} prefetch={false} variant="primary">
          Go to the start page
        </LinkButton>
        <LinkButton href={paths.signIn()} prefetch={false}>
          Use another account
        </LinkButton>
      </div>
    </SheetPage>
  );
}
