import { SheetPage } from "@/components/layout/sheet-page";
import { LinkButton } from "@/components/ui/button";
import { ThreeParts } from "@/components/ui/three-parts";
import { isProblem, problemTexts, signedOutText } from "@/components/connections/problem-texts";
import { paths } from "@/lib/paths";

export const metadata = { title: "Not connected" };

/** For a callback that belongs to no employer that this browser may open. Says nothing about which one. */
export default async function ConnectTroublePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { reason } = await searchParams;
  const text = isProblem(reason) ? problemTexts[reason] : signedOutText;
  return (
    <SheetPage title="Not connected" width="wide">
      <ThreeParts what={`${text.title}.`} means={text.means} todo={text.todo} />
      <div className="mt-5 flex flex-wrap gap-2">
        <LinkButton href={text.next === "sign-in" ? paths.signIn() : paths.home()} variant="primary">
          {text.next === "sign-in" ? "Sign in" : "Go to the start page"}
        </LinkButton>
      </div>
    </SheetPage>
  );
}
